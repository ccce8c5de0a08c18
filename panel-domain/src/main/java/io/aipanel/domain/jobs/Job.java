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
 * @param concurrencyKey what only so many jobs with it may run at once for; empty for no such rule
 * @param retry how often and when it is tried again; empty if the handler of its type decides
 * @param state where it is in its life
 * @param attempt how often it was started in all; 0 before the first time
 * @param earlierAttempts how many of these came before somebody last had it tried again after it had ended: they no
 *     longer count for the retry policy
 * @param createdAt when it was enqueued
 * @param runAt not before this time; after a failure, the time of the next attempt
 * @param startedAt when the last attempt began; empty before the first
 * @param finishedAt when it reached a final state; empty before
 * @param worker who runs it or ran it last; empty before the first attempt
 * @param lastError what the last failed attempt said ({@link JobError#summary}); empty if none has failed
 * @param result what the handler answered; empty if it answered nothing or has not ended well
 * @param progress how far its last attempt has told to be; empty if it has told nothing
 * @param cancelRequested whether somebody has asked for its end while it was running; its handler is told, and it will
 *     not be pending again
 */
public record Job(
        JobId id,
        JobType type,
        QueueName queue,
        JsonText payload,
        int priority,
        Optional<String> uniqueKey,
        Optional<String> concurrencyKey,
        Optional<RetryPolicy> retry,
        JobState state,
        int attempt,
        int earlierAttempts,
        Instant createdAt,
        Instant runAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<String> worker,
        Optional<String> lastError,
        Optional<JsonText> result,
        Optional<Progress> progress,
        boolean cancelRequested) {

    /** Which attempt this is since it was enqueued, or since somebody last had it tried again. */
    public int countingAttempt() {
        return attempt - earlierAttempts;
    }
}
