package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A job that is enqueued again and again.
 *
 * @param name identifies it
 * @param cron when, in the five fields of {@code crontab(5)}, 1 to {@value #MAX_CRON_BYTES} UTF-8 bytes; that it can be
 *     read is checked where it enters the panel
 * @param zone whose clock the fields are about
 * @param job what is enqueued; it has neither a time nor a delay
 * @param nextRunAt when it is next due, cut down to whole microseconds; empty if it never is again
 * @param lastRunAt when it was last enqueued; empty before the first time
 * @param lastJob what was last enqueued, or stood for it because of a unique key; empty before the first time
 */
public record Schedule(
        ScheduleName name,
        String cron,
        ZoneId zone,
        NewJob job,
        Optional<Instant> nextRunAt,
        Optional<Instant> lastRunAt,
        Optional<JobId> lastJob) {

    /** The most UTF-8 bytes of the cron fields. */
    public static final int MAX_CRON_BYTES = 200;

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public Schedule {
        Text.required("cron", cron, MAX_CRON_BYTES);
        if (job.runAt().isPresent() || job.delay().isPresent()) {
            throw new InvalidValueException("job", "must have neither a time nor a delay: the schedule says when");
        }
        nextRunAt = nextRunAt.map(at -> Timestamps.micros("nextRunAt", at));
    }
}
