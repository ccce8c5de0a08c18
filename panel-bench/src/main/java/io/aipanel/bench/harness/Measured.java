package io.aipanel.bench.harness;

import java.time.Duration;
import java.util.List;

/**
 * What a benchmark found.
 *
 * @param jobs how much work its main figure is about
 * @param window how long that took
 * @param results the figures, in the order in which they are told
 */
public record Measured(long jobs, Duration window, List<Result> results) {

    /** Keeps its own copy of the list. */
    public Measured {
        results = List.copyOf(results);
    }
}
