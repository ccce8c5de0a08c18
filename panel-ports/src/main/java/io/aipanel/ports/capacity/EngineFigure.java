package io.aipanel.ports.capacity;

import java.util.Optional;

/**
 * A number by which one sees how an engine bears its load.
 *
 * @param name what it is, for programs, for example {@code connections}
 * @param description what it is, for people, as a sentence without a full stop
 * @param value its value; empty if there is nothing to measure, or the role may not see it
 * @param unit what it counts, for example {@code connections}, {@code rows}, {@code seconds}
 * @param limit where it ends; empty if nowhere
 */
public record EngineFigure(
        String name, String description, Optional<Double> value, String unit, Optional<Double> limit) {}
