package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * Work to be done.
 *
 * @param type what kind of work it is
 * @param queue where it waits
 * @param payload what the handler gets
 * @param priority -1000 to 1000; of the jobs whose time has come, higher ones run first
 * @param runAt not before this time; empty for at once
 * @param uniqueKey no other pending or running job of the same queue and type may have this key, 1 to
 *     {@link Text#INDEXED_BYTES} UTF-8 bytes; empty for no such rule
 * @param retry how often and when it is tried again
 */
public record NewJob(
        JobType type,
        QueueName queue,
        JsonText payload,
        int priority,
        Optional<Instant> runAt,
        Optional<String> uniqueKey,
        RetryPolicy retry) {

    /** The highest priority, and with a minus sign the lowest. */
    public static final int MAX_PRIORITY = 1000;

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public NewJob {
        if (priority < -MAX_PRIORITY || priority > MAX_PRIORITY) {
            throw new InvalidValueException("priority", "must be between -" + MAX_PRIORITY + " and " + MAX_PRIORITY);
        }
        runAt = runAt.map(at -> Timestamps.micros("runAt", at));
        uniqueKey.ifPresent(key -> Text.required("uniqueKey", key, Text.INDEXED_BYTES));
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
                RetryPolicy.DEFAULT);
    }

    /** The same job in another queue. */
    public NewJob queue(String name) {
        return new NewJob(type, new QueueName(name), payload, priority, runAt, uniqueKey, retry);
    }

    /** The same job with another payload, a JSON text. */
    public NewJob payload(String json) {
        return new NewJob(type, queue, new JsonText(json), priority, runAt, uniqueKey, retry);
    }

    /** The same job with another priority. */
    public NewJob priority(int newPriority) {
        return new NewJob(type, queue, payload, newPriority, runAt, uniqueKey, retry);
    }

    /** The same job, not before a time. */
    public NewJob runAt(Instant time) {
        return new NewJob(type, queue, payload, priority, Optional.of(time), uniqueKey, retry);
    }

    /** The same job, once only while one with this key is pending or running. */
    public NewJob uniqueKey(String key) {
        return new NewJob(type, queue, payload, priority, runAt, Optional.of(key), retry);
    }

    /** The same job with another retry policy. */
    public NewJob retry(RetryPolicy policy) {
        return new NewJob(type, queue, payload, priority, runAt, uniqueKey, policy);
    }
}
