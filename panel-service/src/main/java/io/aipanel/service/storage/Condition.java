package io.aipanel.service.storage;

import java.util.Optional;

/**
 * How something is that the panel stands on.
 *
 * @param problem what is wrong and what to do; empty if nothing is
 * @param note what was found, if nothing is wrong
 */
public record Condition(Optional<String> problem, String note) {

    /** Nothing is wrong. */
    public static Condition well(String note) {
        return new Condition(Optional.empty(), note);
    }

    /** Something is wrong. */
    public static Condition wrong(String problem) {
        return new Condition(Optional.of(problem), "");
    }
}
