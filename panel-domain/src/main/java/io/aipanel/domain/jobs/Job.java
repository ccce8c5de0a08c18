package io.aipanel.domain.jobs;

import io.aipanel.domain.JsonText;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as the store knows it.
 *
 * @param id identifies it for ever
 * @param type what kind of work it is
 * @param queue where it waits or waited
 * @param payload what the handler gets
 * @param priority higher ones run first
 * @param uniqueKey what it must not be twice; empty for no such rule
 * @param retry how often and when it is tried again
 * @param state where it is in its life
 * @param attempt how often it was started; 0 before the first time
 * @param createdAt when it was enqueued
 * @param runAt not before this time; after a failure, the time of the next attempt
 * @param startedAt when the last attempt began; empty before the first
 * @param finishedAt when it reached a final state; empty before
 * @param worker who runs it or ran it last; empty before the first attempt
 * @param lastError what the last failed attempt said; empty if none has failed
 * @param result what the handler answered; empty if it answered nothing or has not ended well
 */
public record Job(
        JobId id,
        JobType type,
        QueueName queue,
        JsonText payload,
        int priority,
        Optional<String> uniqueKey,
        RetryPolicy retry,
        JobState state,
        int attempt,
        Instant createdAt,
        Instant runAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<String> worker,
        Optional<String> lastError,
        Optional<JsonText> result) {

    /** The most UTF-8 bytes of an error that are kept. */
    public static final int MAX_ERROR_BYTES = 8192;
}
