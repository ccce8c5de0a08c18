package io.aipanel.ports.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schedules. Each method is one transaction, durable when it returns. Safe for use by many threads and processes at
 * once.
 */
public interface ScheduleRepository {

    /** The store's time, which decides what is due: on several machines it is the same for all. */
    Instant now();

    /** The schedules, by name in code point order. */
    List<Schedule> schedules();

    /** The schedule with a name; empty if there is none. */
    Optional<Schedule> schedule(ScheduleName name);

    /**
     * Adds a schedule if there is none of its name.
     *
     * @return whether it was added
     */
    boolean add(Schedule schedule);

    /** Adds a schedule, or replaces the one of its name, with all that is known of its last run. */
    void put(Schedule schedule);

    /**
     * Removes a schedule. What it has enqueued stays.
     *
     * @return whether there was one
     */
    boolean remove(ScheduleName name);

    /**
     * Enqueues the job of a schedule and sets when it is next due, as one step. Of several that call this with the same
     * {@code due}, on whatever machine, exactly one succeeds.
     *
     * @param due when the caller believes it to be due
     * @param next when it is due after that; empty for never
     * @return the job; empty if the schedule is gone or is due at another time, and nothing was done then
     */
    Optional<Enqueued> fire(ScheduleName name, Instant due, Optional<Instant> next);
}
