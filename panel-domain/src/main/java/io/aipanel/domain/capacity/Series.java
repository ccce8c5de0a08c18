package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is sampled. */
public enum Series {
    /** How many jobs have ended in the minute. */
    JOBS_PER_MINUTE("jobs-per-minute", Threshold.JOBS_PER_MINUTE, false),
    /** How many bytes the audit log takes at the end of the minute. */
    AUDIT_BYTES("audit-bytes", Threshold.AUDIT_BYTES, false),
    /** How many sessions were seen in the five minutes before the end of the minute. */
    SESSIONS("sessions", Threshold.SESSIONS, false),
    /** How long each write to the panel store took, in milliseconds. */
    WRITE_PANEL("write-panel", Threshold.WRITE_P95, true),
    /** How long each write to the audit log took, in milliseconds. */
    WRITE_AUDIT("write-audit", Threshold.WRITE_P95, true),
    /** How long each write to the queue took, in milliseconds. */
    WRITE_QUEUE("write-queue", Threshold.WRITE_P95, true);

    private final String wireName;
    private final Threshold threshold;
    private final boolean latency;

    Series(String wireName, Threshold threshold, boolean latency) {
        this.wireName = wireName;
        this.threshold = threshold;
        this.latency = latency;
    }

    /** The name that the outside and the stores use, for example {@code write-panel}. */
    public String wireName() {
        return wireName;
    }

    /** What it is measured for. */
    public Threshold threshold() {
        return threshold;
    }

    /**
     * Whether a minute has many values, one for each write of one process. If not, it has one value, which is the same
     * whoever measures it.
     */
    public boolean isLatency() {
        return latency;
    }

    /** What is measured for a threshold: one series, or one for each store. */
    public static List<Series> of(Threshold threshold) {
        return Arrays.stream(values())
                .filter(series -> series.threshold == threshold)
                .toList();
    }

    /**
     * The series with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static Series ofWireName(String name) {
        for (Series series : values()) {
            if (series.wireName.equals(name)) {
                return series;
            }
        }
        throw new InvalidValueException(
                "metric",
                "must be among " + Arrays.stream(values()).map(Series::wireName).collect(Collectors.joining(", ")));
    }
}
