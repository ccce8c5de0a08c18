package io.aipanel.bench.capacity;

import java.util.Locale;

/** What ADR-002 limits beside the latency of writes, as a load. */
enum LoadKind {
    /** Jobs that come and are done. */
    JOBS,
    /** People who are logged in. */
    SESSIONS,
    /** Events that are recorded. */
    AUDIT;

    /** The name in the results. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
