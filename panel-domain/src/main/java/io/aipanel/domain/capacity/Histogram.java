package io.aipanel.domain.capacity;

import java.util.Arrays;

/**
 * How the values of a sample are spread, as bytes in the compressed form of HdrHistogram. The domain keeps and compares
 * them; whoever reads them knows how. Immutable.
 */
public final class Histogram {

    private final byte[] bytes;

    private Histogram(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes what HdrHistogram has encoded; a copy is kept */
    public static Histogram of(byte[] bytes) {
        return new Histogram(bytes.clone());
    }

    /** The bytes, in an array of the caller's own. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram histogram && Arrays.equals(bytes, histogram.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Histogram[" + bytes.length + " bytes]";
    }
}
