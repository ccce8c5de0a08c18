package io.aipanel.bench.jobs;

/** The names of the queue's figures, and of what they are compared with. Programs hold on to them. */
final class QueueResults {

    static final String BULK = "lifecycle.bulk";
    static final String CALLERS = "enqueue.64-callers";
    static final String CALLERS_P99 = "enqueue.64-callers.p99";
    static final String WAKE_UP_P50 = "wakeup.p50";
    static final String WAKE_UP_P99 = "wakeup.p99";
    static final String WAKE_UP_MAX = "wakeup.max";
    static final String CLAIM = "claim.large-history";
    static final String LONG_TRANSACTION = "lifecycle.long-transaction";

    static final String RAW = "raw-jdbc";
    static final String JOBRUNR = "jobrunr";
    static final String DB_SCHEDULER = "db-scheduler";
    static final String EMPTY = "empty";
    static final String UNDISTURBED = "undisturbed";

    static final String JOBS_PER_SECOND = "jobs/s";
    static final String MILLIS = "ms";

    private QueueResults() {}
}
