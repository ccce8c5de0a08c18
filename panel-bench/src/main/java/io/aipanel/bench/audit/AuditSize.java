package io.aipanel.bench.audit;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param appends for how long each way of appending is measured
 * @param questions how often each question is asked
 * @param events how many events the log has when it is asked first: about 100 MB
 * @param provenEvents how many it has when events are proven
 * @param manyEvents how many it has when it is asked again: about 10 GB
 */
record AuditSize(Duration appends, int questions, int events, int provenEvents, int manyEvents) {

    /** The size that the targets are for. */
    static AuditSize full() {
        return new AuditSize(Duration.ofSeconds(8), 300, 220_000, 10_000_000, 22_000_000);
    }

    /** What is done within a minute. */
    static AuditSize quick() {
        return new AuditSize(Duration.ofSeconds(1), 40, 20_000, 50_000, 60_000);
    }
}
