package io.aipanel.bench.harness;

import io.aipanel.bench.engine.EngineName;
import java.util.List;

/**
 * What is told about one run of a benchmark.
 *
 * @param bench which benchmark
 * @param engine on what
 * @param environment where and how much
 * @param results the figures
 */
public record Outcome(String bench, EngineName engine, Environment environment, List<Result> results) {

    /** Keeps its own copy of the list. */
    public Outcome {
        results = List.copyOf(results);
    }
}
