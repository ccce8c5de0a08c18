package io.aipanel.bench.harness;

import io.aipanel.bench.engine.Engine;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to have measured.
 *
 * @param engine where
 * @param peers whether others are measured too
 * @param quick whether it has to be done within a minute
 * @param only the one result that is wanted; empty for all
 * @param progress where to tell what is going on
 */
public record BenchRun(Engine engine, boolean peers, boolean quick, Optional<String> only, Progress progress) {

    /** Whether one of these results is wanted. */
    public boolean wants(List<String> results) {
        return only.map(results::contains).orElse(true);
    }
}
