package io.aipanel.bench.harness;

import io.aipanel.bench.engine.EngineName;
import java.util.List;

/** One thing that can be measured by name. */
public interface Bench {

    /** Its name on the command line. */
    String name();

    /** The names of its results on an engine, in the order in which they are told. */
    List<String> results(EngineName engine);

    /** What its results are held to on an engine, at full size on two processors. */
    List<Target> targets(EngineName engine);

    /** The names of what it draws on an engine; empty if it draws nothing. */
    default List<String> charts(EngineName engine) {
        return List.of();
    }

    /**
     * Measures.
     *
     * @param run on what, how much, and beside whom
     * @return what was found, in the order in which it is told
     * @throws Exception if something could not be measured, or did not do what it was to do
     */
    Measured run(BenchRun run) throws Exception;
}
