package io.aipanel.domain.versions;

import io.aipanel.domain.Timestamps;
import java.time.Instant;

/**
 * A line of a component's history: what the host said when it said something new.
 *
 * @param number counts the changes of all components in the order in which they were noticed
 * @param name the component
 * @param at when the change was noticed
 * @param finding what the host said from then on
 */
public record ComponentChange(long number, ComponentName name, Instant at, Finding finding) {

    /** Cuts the time to microseconds. */
    public ComponentChange {
        at = Timestamps.micros("at", at);
    }
}
