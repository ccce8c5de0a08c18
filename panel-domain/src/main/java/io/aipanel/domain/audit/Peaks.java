package io.aipanel.domain.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A tree in short: the tops of the complete subtrees that it is made of, the largest first. It has one for each bit that is
 * set in its size. From them follow the root and, with further leaves, every later tree.
 *
 * @param size how many leaves the tree has, 0 or more
 * @param hashes the hashes of the tops
 */
public record Peaks(long size, List<Hash> hashes) {

    /** The tree without leaves. */
    public static final Peaks NONE = new Peaks(0, List.of());

    /**
     * @throws IllegalArgumentException if the number of hashes does not fit the size
     */
    public Peaks {
        hashes = List.copyOf(hashes);
        if (size < 0 || Long.bitCount(size) != hashes.size()) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves does not have " + hashes.size() + " peaks");
        }
    }

    /**
     * Reads what {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException if the bytes are not those of a tree of this size
     */
    public static Peaks of(long size, byte[] bytes) {
        if (bytes.length % Hash.BYTES != 0) {
            throw new IllegalArgumentException("the peaks of a tree are whole hashes, not " + bytes.length + " bytes");
        }
        List<Hash> hashes = new ArrayList<>(bytes.length / Hash.BYTES);
        for (int from = 0; from < bytes.length; from += Hash.BYTES) {
            hashes.add(Hash.of(Arrays.copyOfRange(bytes, from, from + Hash.BYTES)));
        }
        return new Peaks(size, hashes);
    }

    /** The hashes, one after the other. */
    public byte[] toBytes() {
        byte[] bytes = new byte[hashes.size() * Hash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(bytes, i * Hash.BYTES);
        }
        return bytes;
    }

    /** The root of the tree. */
    public Hash root() {
        if (hashes.isEmpty()) {
            return Hash.ofNothing();
        }
        Hash root = hashes.get(hashes.size() - 1);
        for (int i = hashes.size() - 2; i >= 0; i--) {
            root = Hash.node(hashes.get(i), root);
        }
        return root;
    }

    /** The hash of a peak; empty if there is none at this place. */
    Optional<Hash> peak(int height, long index) {
        boolean isPeak = (size >> height & 1) == 1 && index == (size >> height) - 1;
        return isPeak ? Optional.of(hashes.get(Long.bitCount(size >> height) - 1)) : Optional.empty();
    }
}
