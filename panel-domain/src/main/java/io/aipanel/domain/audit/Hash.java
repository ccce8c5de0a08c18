package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A SHA-256 hash in the tree over the audit log, made as RFC 6962, section 2.1, has it: a leaf and a node are hashed with
 * different first bytes, so that neither can be passed off as the other. Immutable.
 */
public final class Hash {

    /** How many bytes it has. */
    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes {@value #BYTES} bytes
     * @throws IllegalArgumentException if there are fewer or more
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @param field the name for the error message
     * @throws InvalidValueException if the text is not the Base64 of {@value #BYTES} bytes
     */
    public static Hash parse(String field, String base64) {
        try {
            return of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(field, "must be the Base64 of " + BYTES + " bytes");
        }
    }

    /** The root of the tree without leaves: the hash of nothing. */
    public static Hash ofNothing() {
        return new Hash(sha256().digest());
    }

    /**
     * The hash of a leaf.
     *
     * @param entry what the leaf stands for
     */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(entry));
    }

    /** The hash of the node above two others. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** The bytes, in an array of the caller's own. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The Base64 of the bytes, with padding. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
