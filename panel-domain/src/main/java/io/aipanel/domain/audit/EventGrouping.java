package io.aipanel.domain.audit;

/** What events are counted by. */
public enum EventGrouping {
    /** By what was done. */
    ACTION,
    /** By who did it. */
    ACTOR,
    /** By how it ended. */
    OUTCOME,
    /** By hour, UTC. */
    HOUR,
    /** By day, UTC. */
    DAY
}
