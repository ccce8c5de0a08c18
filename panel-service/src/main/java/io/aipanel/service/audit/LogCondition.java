package io.aipanel.service.audit;

import java.util.Optional;

/**
 * How something is that the log stands on.
 *
 * @param problem what is wrong and what to do; empty if nothing is
 * @param note what was found, if nothing is wrong
 */
public record LogCondition(Optional<String> problem, String note) {

    static LogCondition well(String note) {
        return new LogCondition(Optional.empty(), note);
    }

    static LogCondition wrong(String problem) {
        return new LogCondition(Optional.of(problem), "");
    }
}
