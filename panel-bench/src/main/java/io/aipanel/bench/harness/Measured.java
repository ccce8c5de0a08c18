package io.aipanel.bench.harness;

import java.util.List;
import java.util.Optional;

/**
 * What a benchmark found.
 *
 * @param main how much work its main figure is about, and how long that took; empty if that was not measured
 * @param results the figures, in the order in which they are told
 * @param charts what can be drawn of them; may be empty
 */
public record Measured(Optional<Rate> main, List<Result> results, List<Chart> charts) {

    /** Keeps its own copies of the lists. */
    public Measured {
        results = List.copyOf(results);
        charts = List.copyOf(charts);
    }

    /** Figures that nothing is drawn of. */
    public Measured(Optional<Rate> main, List<Result> results) {
        this(main, results, List.of());
    }
}
