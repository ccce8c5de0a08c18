package io.aipanel.bench.backup;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param bytes how large the stores are
 * @param copies how often they are copied
 * @param window how long writes are measured, without backups and with one after the other
 * @param transaction how long somebody else's transaction takes
 */
record BackupSize(long bytes, int copies, Duration window, Duration transaction) {

    private static final Duration LONG_TRANSACTION = Duration.ofSeconds(5);

    /** The size that the targets are for. */
    static BackupSize full() {
        return new BackupSize(1_000_000_000, 5, Duration.ofSeconds(30), LONG_TRANSACTION);
    }

    /** What is done within a minute. */
    static BackupSize quick() {
        return new BackupSize(50_000_000, 3, Duration.ofSeconds(5), LONG_TRANSACTION);
    }
}
