package io.aipanel.service.capacity;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Json;
import io.aipanel.service.jobs.BuiltInJobs;
import io.aipanel.service.storage.Change;
import java.time.Duration;
import java.util.UUID;

/**
 * Sees to it that everybody who wants to know is told of a change: by a job for each, so that one who cannot be reached is
 * tried again and the others are not told twice. Safe for use by many threads.
 */
public final class CapacityNotices {

    /** Whoever finds the same change within this time, such as another node, enqueues nothing more. */
    private static final Duration ONCE = Duration.ofDays(1);

    private final CapacityOptions options;

    /** @param options who is told */
    public CapacityNotices(CapacityOptions options) {
        this.options = options;
    }

    /**
     * Has everybody told of a change if, and only if, it becomes durable. That things are well from the beginning, or that
     * nobody knows, is not told.
     *
     * @param change the transaction that the state changes in
     * @param state how it changes
     */
    public void enqueue(Change change, StateChange state) {
        if (!state.isNews()) {
            return;
        }
        UUID id = Change.newId();
        for (CapacityNotifier notifier : options.notifiers()) {
            String payload = Json.write(new NoticePayload(notifier.name(), id, state).toTree())
                    .value();
            change.enqueue(NewJob.of(NoticeJob.TYPE)
                    .queue(BuiltInJobs.QUEUE.value())
                    .payload(payload)
                    .uniqueKey(key(notifier, state), ONCE));
        }
    }

    private static String key(CapacityNotifier notifier, StateChange state) {
        return state.threshold().wireName() + " " + state.to().wireName() + " " + state.since() + " " + notifier.name();
    }
}
