package io.aipanel.bench.harness;

import io.aipanel.bench.engine.Engine;
import java.time.Duration;

/**
 * Where and how much was measured.
 *
 * @param cpus how many processors the JVM may use
 * @param java the version of the JVM
 * @param database the engine and its version
 * @param durability what was found to be set for durable commits
 * @param quick whether the work was smaller than what the targets are for
 * @param jobs how much work the main figure is about
 * @param window how long that took
 */
public record Environment(
        int cpus, String java, String database, String durability, boolean quick, long jobs, Duration window) {

    /** This process, measuring on an engine. */
    public static Environment here(Engine engine, boolean quick, long jobs, Duration window) {
        return new Environment(
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                engine.version(),
                engine.durability(),
                quick,
                jobs,
                window);
    }
}
