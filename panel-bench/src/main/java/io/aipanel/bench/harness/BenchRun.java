package io.aipanel.bench.harness;

import io.aipanel.bench.engine.Engine;
import java.util.List;
import java.util.Set;

/**
 * What somebody wants to have measured.
 *
 * @param engine where
 * @param peers whether others are measured too
 * @param quick whether it has to be done within a minute
 * @param only the results that are wanted; empty for all
 * @param progress where to tell what is going on
 */
public record BenchRun(Engine engine, boolean peers, boolean quick, Set<String> only, Progress progress) {

    /** Keeps its own copy of the set. */
    public BenchRun {
        only = Set.copyOf(only);
    }

    /** Whether one of these results is wanted. */
    public boolean wants(List<String> results) {
        return only.isEmpty() || results.stream().anyMatch(only::contains);
    }
}
