package io.aipanel.service.storage;

import java.util.List;
import java.util.Optional;

/**
 * Whether the panel can do its work.
 *
 * @param checks what was looked at
 */
public record HealthReport(List<Check> checks) {

    /** Keeps its own copy of the list. */
    public HealthReport {
        checks = List.copyOf(checks);
    }

    /** Whether requests can be served: every check that is needed for it is well. */
    public boolean isReady() {
        return checks.stream()
                .noneMatch(check -> check.required() && check.problem().isPresent());
    }

    /**
     * One thing that was looked at.
     *
     * @param name what, for example {@code panel}
     * @param required whether requests cannot be served without it
     * @param problem what is wrong and what to do, for the operator: it may name files and hosts; empty if it is well
     * @param reason the same for everybody, without such names; empty if it is well
     */
    public record Check(String name, boolean required, Optional<String> problem, Optional<String> reason) {

        static Check well(String name, boolean required) {
            return new Check(name, required, Optional.empty(), Optional.empty());
        }

        static Check unwell(String name, boolean required, String problem, String reason) {
            return new Check(name, required, Optional.of(problem), Optional.of(reason));
        }
    }
}
