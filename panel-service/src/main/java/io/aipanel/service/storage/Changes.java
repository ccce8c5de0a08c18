package io.aipanel.service.storage;

import io.aipanel.ports.storage.Storage;
import io.aipanel.service.iam.Actor;
import java.time.InstantSource;
import java.util.function.Function;

/** Makes changes: what is changed, recorded and enqueued becomes durable as one, or not at all. */
public final class Changes {

    private final Storage storage;
    private final InstantSource clock;

    /**
     * @param storage what is changed
     * @param clock tells the time of a change
     */
    public Changes(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Makes a change. The rules of {@link Storage#write} hold for the work.
     *
     * @param actor who makes it
     * @param work what is done; its answer is the answer of this method
     */
    public <T> T make(Actor actor, Function<? super Change, ? extends T> work) {
        return storage.<T>write(transaction -> work.apply(new Change(transaction, actor, clock.instant())));
    }
}
