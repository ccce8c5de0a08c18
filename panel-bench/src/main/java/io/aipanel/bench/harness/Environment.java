package io.aipanel.bench.harness;

import io.aipanel.bench.engine.Engine;
import java.util.Optional;

/**
 * Where and how much was measured.
 *
 * @param cpus how many processors the JVM may use
 * @param java the version of the JVM
 * @param database the engine and its version
 * @param durability what was found to be set for durable commits
 * @param quick whether the work was smaller than what the targets are for
 * @param main how much work the main figure is about, and how long that took; empty if that was not measured
 */
public record Environment(
        int cpus, String java, String database, String durability, boolean quick, Optional<Rate> main) {

    /** This process, measuring on an engine. */
    public static Environment here(Engine engine, boolean quick, Optional<Rate> main) {
        return new Environment(
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                engine.version(),
                engine.durability(),
                quick,
                main);
    }
}
