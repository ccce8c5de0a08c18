package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.EngineName;
import java.util.ArrayList;
import java.util.List;

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

    /** Those of callers that enqueue one by one. */
    static final List<String> OF_CALLERS = List.of(CALLERS, CALLERS_P99);

    /** Those of waking a worker. */
    static final List<String> OF_WAKE_UPS = List.of(WAKE_UP_P50, WAKE_UP_P99, WAKE_UP_MAX);

    private QueueResults() {}

    /** All of an engine, in the order in which they are told. */
    static List<String> of(EngineName engine) {
        List<String> names = new ArrayList<>();
        names.add(BULK);
        names.addAll(OF_CALLERS);
        names.addAll(OF_WAKE_UPS);
        names.add(CLAIM);
        if (engine == EngineName.POSTGRES) {
            // SQLite's readers hold nothing back that a writer needs.
            names.add(LONG_TRANSACTION);
        }
        return List.copyOf(names);
    }
}
