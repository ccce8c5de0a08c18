package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;

/** Where a job is in its life (ADR-002, "queue.db"). */
public enum JobState {
    /** Waits for its time and a worker. */
    PENDING("pending"),
    /** A worker holds a lease on it. */
    RUNNING("running"),
    /** Its handler ended well. */
    COMPLETED("completed"),
    /** Its last attempt failed, and there is none left. */
    DEAD_LETTER("dead-letter"),
    /** Somebody ended it before it was done. */
    CANCELLED("cancelled");

    private final String wireName;

    JobState(String wireName) {
        this.wireName = wireName;
    }

    /** The name that the outside and the stores use, for example {@code dead-letter}. */
    public String wireName() {
        return wireName;
    }

    /** Whether the job will not run again by itself. */
    public boolean isFinished() {
        return this != PENDING && this != RUNNING;
    }

    /**
     * The state with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static JobState ofWireName(String name) {
        for (JobState state : values()) {
            if (state.wireName.equals(name)) {
                return state;
            }
        }
        throw new InvalidValueException("state", "must be pending, running, completed, dead-letter or cancelled");
    }
}
