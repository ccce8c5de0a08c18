package io.aipanel.service.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of checking a backup.
 *
 * @param at when it was checked
 * @param restored whether it was restored to try it out
 * @param took how long that took
 * @param problems what was wrong, in words; empty if nothing was
 */
public record Check(Instant at, boolean restored, Duration took, List<String> problems) {

    /** Keeps its own copy of the list. */
    public Check {
        problems = List.copyOf(problems);
    }

    /** Whether nothing was wrong. */
    public boolean passed() {
        return problems.isEmpty();
    }
}
