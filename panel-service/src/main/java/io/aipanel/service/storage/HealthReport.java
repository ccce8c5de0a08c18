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
     * @param problem what is wrong and what to do; empty if it is well
     */
    public record Check(String name, boolean required, Optional<String> problem) {}
}
