package io.aipanel.postgres.storage;

import io.aipanel.domain.InvalidValueException;
import java.util.Map;
import java.util.TreeSet;

/**
 * The settings that only this engine knows.
 *
 * @param pgbouncer whether a PgBouncer in transaction mode may stand before the server: then no statement is prepared
 *     on the server, nothing is left in a session, and news of other processes are asked for once a second
 * @param poolSize the most connections at a time, 2 to {@value #MAX_POOL_SIZE}; news of other processes take one more
 */
public record PoolOptions(boolean pgbouncer, int poolSize) {

    public static final int DEFAULT_POOL_SIZE = 10;
    public static final int MAX_POOL_SIZE = 500;

    private static final String PGBOUNCER = "pgbouncer";
    private static final String POOL_SIZE = "pool-size";

    /**
     * Reads the keys of one engine.
     *
     * @throws InvalidValueException if a key is unknown or a value is not valid
     */
    public static PoolOptions of(Map<String, String> options) {
        for (String key : new TreeSet<>(options.keySet())) {
            if (!key.equals(PGBOUNCER) && !key.equals(POOL_SIZE)) {
                throw new InvalidValueException(
                        "storage." + key,
                        "is not known to PostgreSQL; known are storage.pgbouncer and storage.pool-size");
            }
        }
        return new PoolOptions(
                bool(options.getOrDefault(PGBOUNCER, "false")),
                size(options.getOrDefault(POOL_SIZE, Integer.toString(DEFAULT_POOL_SIZE))));
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("storage." + PGBOUNCER, "must be true or false");
        };
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size >= 2 && size <= MAX_POOL_SIZE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new InvalidValueException("storage." + POOL_SIZE, "must be between 2 and " + MAX_POOL_SIZE);
    }
}
