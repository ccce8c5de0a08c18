package io.aipanel.bench.harness;

import java.util.List;
import java.util.Optional;

/**
 * What a benchmark found.
 *
 * @param main how much work its main figure is about, and how long that took; empty if that was not measured
 * @param results the figures, in the order in which they are told
 */
public record Measured(Optional<Rate> main, List<Result> results) {

    /** Keeps its own copy of the list. */
    public Measured {
        results = List.copyOf(results);
    }
}
