package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What ADR-002 limits: past one of these for good, the panel belongs on PostgreSQL. */
public enum Threshold {
    /** How many jobs end in a minute. */
    JOBS_PER_MINUTE(
            "jobs-per-minute",
            "jobs/min",
            500,
            "Every job costs queue.db several durable commits, and all of them go through the one writer of that file"),
    /** How large the audit log is. */
    AUDIT_BYTES(
            "audit-bytes",
            "bytes",
            10_000_000_000d,
            "The log only grows, and a single file of this size takes long to copy, to check and to restore"),
    /** How long 95 of 100 writes take at most, from hand-over to durable commit, in the slowest of the three files. */
    WRITE_P95(
            "write-p95",
            "ms",
            200,
            "A file has one writer: once callers wait this long for their turn, more load only makes the queue longer"),
    /** How many sessions were seen within the last five minutes. */
    SESSIONS(
            "sessions",
            "sessions",
            100,
            "Everyone who is logged in reads and writes panel.db, whose changes are made one after the other");

    private final String wireName;
    private final String unit;
    private final double defaultLimit;
    private final String rationale;

    Threshold(String wireName, String unit, double defaultLimit, String rationale) {
        this.wireName = wireName;
        this.unit = unit;
        this.defaultLimit = defaultLimit;
        this.rationale = rationale;
    }

    /** The name that the outside and the stores use, for example {@code jobs-per-minute}. */
    public String wireName() {
        return wireName;
    }

    /** What its values count: {@code jobs/min}, {@code bytes}, {@code ms} or {@code sessions}. */
    public String unit() {
        return unit;
    }

    /** ADR-002's limit; a value is past it if it is greater. */
    public double defaultLimit() {
        return defaultLimit;
    }

    /** Why ADR-002 draws the line there, as one sentence without a full stop. */
    public String rationale() {
        return rationale;
    }

    /**
     * The threshold with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static Threshold ofWireName(String name) {
        for (Threshold threshold : values()) {
            if (threshold.wireName.equals(name)) {
                return threshold;
            }
        }
        throw new InvalidValueException(
                "threshold",
                "must be among "
                        + Arrays.stream(values()).map(Threshold::wireName).collect(Collectors.joining(", ")));
    }
}
