package io.aipanel.bench.audit;

import java.util.List;

/** What the results are called. */
final class AuditResults {

    static final String APPEND_1 = "append.1";
    static final String APPEND_16 = "append.16";
    static final String APPEND_64 = "append.64";
    static final String APPEND_BULK = "append.bulk";
    static final String PAGE = "page.p95";
    static final String SUMMARY = "summary.p95";
    static final String PROOF = "proof.p95";
    static final String PAGE_10_GB = "page.p95.10gb";

    static final String NO_TREE = "no-tree";
    static final String RAW = "raw-jdbc";

    static final String EVENTS_PER_SECOND = "events/s";
    static final String MILLIS = "ms";

    /** Those of appending. */
    static final List<String> OF_APPENDS = List.of(APPEND_1, APPEND_16, APPEND_64, APPEND_BULK);

    /** Those of a log that grows meanwhile. */
    static final List<String> OF_QUESTIONS = List.of(PAGE, SUMMARY, PROOF, PAGE_10_GB);

    private AuditResults() {}
}
