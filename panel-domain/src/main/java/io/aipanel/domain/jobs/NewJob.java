package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Work to be done.
 *
 * @param type what kind of work it is
 * @param queue where it waits
 * @param payload what the handler gets
 * @param priority -1000 to 1000; of the jobs whose time has come, higher ones run first
 * @param runAt not before this time; empty for at once, or after the delay
 * @param delay not before this long after it was enqueued, by the store's clock, 0 to 365 days, cut down to whole
 *     microseconds; empty for at once, or at {@code runAt}
 * @param uniqueKey no other pending or running job of the same queue and type may have this key, 1 to
 *     {@link Text#INDEXED_BYTES} UTF-8 bytes; empty for no such rule
 * @param uniqueFor how long after it was enqueued the job keeps its key, even if it has ended by then, 0 to 365 days, cut
 *     down to whole microseconds; empty to keep it only while the job is pending or running
 * @param concurrencyKey of the jobs of a queue with the same key only so many run at once as
 *     {@link QueueLimits#maxRunningPerKey} says, 1 to {@link Text#INDEXED_BYTES} UTF-8 bytes; empty for no such rule
 * @param retry how often and when it is tried again; empty to leave that to the handler of its type
 */
public record NewJob(
        JobType type,
        QueueName queue,
        JsonText payload,
        int priority,
        Optional<Instant> runAt,
        Optional<Duration> delay,
        Optional<String> uniqueKey,
        Optional<Duration> uniqueFor,
        Optional<String> concurrencyKey,
        Optional<RetryPolicy> retry) {

    /** The highest priority, and with a minus sign the lowest. */
    public static final int MAX_PRIORITY = 1000;

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * @throws InvalidValueException if a value is out of range, there are both a time and a delay, or a time to keep a key
     *     without a key
     */
    public NewJob {
        if (priority < -MAX_PRIORITY || priority > MAX_PRIORITY) {
            throw new InvalidValueException("priority", "must be between -" + MAX_PRIORITY + " and " + MAX_PRIORITY);
        }
        runAt = runAt.map(at -> Timestamps.micros("runAt", at));
        delay = delay.map(time -> period("delay", time));
        if (runAt.isPresent() && delay.isPresent()) {
            throw new InvalidValueException("delay", "must not be given together with runAt");
        }
        uniqueKey.ifPresent(key -> Text.required("uniqueKey", key, Text.INDEXED_BYTES));
        uniqueFor = uniqueFor.map(time -> period("uniqueFor", time));
        if (uniqueFor.isPresent() && uniqueKey.isEmpty()) {
            throw new InvalidValueException("uniqueFor", "needs a uniqueKey");
        }
        concurrencyKey.ifPresent(key -> Text.required("concurrencyKey", key, Text.INDEXED_BYTES));
    }

    /** A job of a type, in the default queue, at once, with an empty object as payload. */
    public static NewJob of(String type) {
        return new NewJob(
                new JobType(type),
                QueueName.DEFAULT,
                JsonText.EMPTY_OBJECT,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same job in another queue. */
    public NewJob queue(String name) {
        return new NewJob(
                type,
                new QueueName(name),
                payload,
                priority,
                runAt,
                delay,
                uniqueKey,
                uniqueFor,
                concurrencyKey,
                retry);
    }

    /** The same job with another payload, a JSON text. */
    public NewJob payload(String json) {
        return new NewJob(
                type, queue, new JsonText(json), priority, runAt, delay, uniqueKey, uniqueFor, concurrencyKey, retry);
    }

    /** The same job with another priority. */
    public NewJob priority(int newPriority) {
        return new NewJob(type, queue, payload, newPriority, runAt, delay, uniqueKey, uniqueFor, concurrencyKey, retry);
    }

    /** The same job, not before a time. */
    public NewJob runAt(Instant time) {
        return new NewJob(
                type,
                queue,
                payload,
                priority,
                Optional.of(time),
                Optional.empty(),
                uniqueKey,
                uniqueFor,
                concurrencyKey,
                retry);
    }

    /** The same job, not before this long from when it is enqueued. */
    public NewJob delay(Duration time) {
        return new NewJob(
                type,
                queue,
                payload,
                priority,
                Optional.empty(),
                Optional.of(time),
                uniqueKey,
                uniqueFor,
                concurrencyKey,
                retry);
    }

    /** The same job, once only while one with this key is pending or running. */
    public NewJob uniqueKey(String key) {
        return new NewJob(
                type,
                queue,
                payload,
                priority,
                runAt,
                delay,
                Optional.of(key),
                Optional.empty(),
                concurrencyKey,
                retry);
    }

    /** The same job, once only while one with this key is pending or running, and once only within a period. */
    public NewJob uniqueKey(String key, Duration period) {
        return new NewJob(
                type,
                queue,
                payload,
                priority,
                runAt,
                delay,
                Optional.of(key),
                Optional.of(period),
                concurrencyKey,
                retry);
    }

    /** The same job, one of those of which only so many run at once. */
    public NewJob concurrencyKey(String key) {
        return new NewJob(type, queue, payload, priority, runAt, delay, uniqueKey, uniqueFor, Optional.of(key), retry);
    }

    /** The same job with a retry policy of its own. */
    public NewJob retry(RetryPolicy policy) {
        return new NewJob(
                type,
                queue,
                payload,
                priority,
                runAt,
                delay,
                uniqueKey,
                uniqueFor,
                concurrencyKey,
                Optional.of(policy));
    }

    private static Duration period(String field, Duration time) {
        if (time.isNegative()) {
            throw new InvalidValueException(field, "must not be negative");
        }
        if (time.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(field, "must be at most 365 days");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
