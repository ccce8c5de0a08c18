package io.aipanel.ports.capacity;

import java.util.List;

/**
 * What an engine can say about itself at little cost: no rows are counted, no table is read. Safe for use by many threads.
 */
public interface StorageMeasures {

    /** Whether ADR-002's limits mean anything here: they are those of three SQLite files. */
    boolean limitsApply();

    /** How many bytes the audit log takes, all that belongs to it included: its write-ahead log, its indexes, its tree. */
    long auditBytes();

    /**
     * How many jobs have ended in any way, ever: also those that were removed since, or were put back to be tried again. It
     * never falls, except when an earlier backup is put in place.
     */
    long endedJobs();

    /** What shows how near this engine is to its own limits; empty where {@link #limitsApply()}. */
    List<EngineFigure> engineFigures();
}
