package io.aipanel.domain.jobs;

import java.util.List;

/**
 * What a job's attempts have written. Bounded: of more than {@value #MAX_LINES} lines the newest are kept.
 *
 * @param lines the lines that are kept, in the order in which they were written
 * @param dropped how many earlier lines were not kept, 0 or more
 */
public record JobLog(List<LogLine> lines, long dropped) {

    /** The most lines of a job that are kept. */
    public static final int MAX_LINES = 1000;

    /** Keeps its own copy of the list. */
    public JobLog {
        lines = List.copyOf(lines);
    }
}
