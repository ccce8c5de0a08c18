package io.aipanel.bench.capacity;

/** How large the audit log is while something is measured, in parts of ADR-002's limit of 10 GB. */
enum LogSize {
    /** 1 GB. */
    TENTH(0.1),
    /** 10 GB. */
    WHOLE(1),
    /** 20 GB. */
    TWICE(2);

    private final double share;

    LogSize(double share) {
        this.share = share;
    }

    /** Which part of the limit. */
    double share() {
        return share;
    }
}
