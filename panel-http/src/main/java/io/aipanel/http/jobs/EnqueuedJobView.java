package io.aipanel.http.jobs;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody wanted enqueued, and what was wanted.
 *
 * @param state pending if it is new; else the state of the job that has the unique key, or null if whoever asks may not
 *     see jobs
 * @param isNew whether it was added; if not, the job that has the unique key stands for it
 */
record EnqueuedJobView(
        long id,
        @Nullable JobState state,
        boolean isNew,
        String type,
        String queue,
        int priority,
        @Nullable Instant runAt,
        @Nullable Duration delay,
        @Nullable String uniqueKey,
        @Nullable Duration uniqueFor,
        @Nullable String concurrencyKey) {

    static EnqueuedJobView of(NewJob wanted, Enqueued answer, Optional<JobState> state) {
        return new EnqueuedJobView(
                answer.id().value(),
                state.orElse(null),
                answer.isNew(),
                wanted.type().value(),
                wanted.queue().value(),
                wanted.priority(),
                wanted.runAt().orElse(null),
                wanted.delay().orElse(null),
                wanted.uniqueKey().orElse(null),
                wanted.uniqueFor().orElse(null),
                wanted.concurrencyKey().orElse(null));
    }
}
