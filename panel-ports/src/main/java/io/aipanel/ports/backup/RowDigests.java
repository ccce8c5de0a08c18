package io.aipanel.ports.backup;

import io.aipanel.ports.storage.StoreName;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest of each table, the same on every engine: the sum of the SHA-256 of its rows, modulo 2<sup>256</sup>. So it does not
 * depend on the order in which they come, which an engine would have to sort millions of rows for; and as each row has its key
 * in it, nothing is lost by that. See ADR 16. For one thread.
 */
public final class RowDigests implements RowReceiver {

    private static final BigInteger MASK = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private final MessageDigest sha256 = sha256();
    private final Map<PortableTable, Sum> sums = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable PortableTable table;
    private Sum sum = new Sum();

    /** Of all stores, without a row yet. */
    public RowDigests() {
        for (StoreName store : StoreName.values()) {
            PortableTables.of(store).forEach(table -> sums.put(table, new Sum()));
        }
    }

    @Override
    public void take(PortableTable of, @Nullable Object[] row) {
        // One after the other is of the same table, and to look it up costs as much as to hash a short row.
        if (of != table) {
            sum = sumOf(of);
            table = of;
        }
        sum.add(sha256.digest(encoded(row)));
    }

    private Sum sumOf(PortableTable of) {
        Sum found = sums.get(of);
        if (found == null) {
            throw new IllegalArgumentException("there is no table " + of);
        }
        return found;
    }

    /** The digests so far, by the table, in the order of {@link PortableTables}. */
    public Map<PortableTable, TableDigest> tables() {
        Map<PortableTable, TableDigest> digests = new LinkedHashMap<>();
        sums.forEach((table, sum) -> digests.put(table, new TableDigest(sum.rows, "%064x".formatted(sum.value))));
        return Collections.unmodifiableMap(digests);
    }

    /** Each value has its kind and its length before it: no two rows look alike. */
    private byte[] encoded(@Nullable Object[] row) {
        bytes.reset();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Object value : row) {
                if (value == null) {
                    out.write('0');
                } else if (value instanceof Long number) {
                    out.write('n');
                    out.writeLong(number);
                } else if (value instanceof Double real) {
                    // Minus zero is zero.
                    out.write('r');
                    out.writeDouble(real + 0.0);
                } else if (value instanceof Boolean flag) {
                    out.write(flag ? 't' : 'f');
                } else if (value instanceof byte[] some) {
                    out.write('b');
                    out.writeInt(some.length);
                    out.write(some);
                } else {
                    byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
                    out.write('s');
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written to it", e);
        }
        return bytes.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Sum {

        private BigInteger value = BigInteger.ZERO;
        private long rows;

        private void add(byte[] hash) {
            value = value.add(new BigInteger(1, hash)).and(MASK);
            rows++;
        }
    }

    /**
     * What there is in a table.
     *
     * @param rows how many rows
     * @param digest the digest over them, in hexadecimal digits
     */
    public record TableDigest(long rows, String digest) {}
}
