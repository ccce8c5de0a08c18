package io.aipanel.service.storage;

import io.aipanel.ports.storage.Storage;
import io.aipanel.service.iam.Actor;
import java.time.InstantSource;
import java.util.function.Function;

/** Makes changes of the queue store for somebody: what is changed and its record become durable as one, or not at all. */
public final class QueueChanges {

    private final Storage storage;
    private final InstantSource clock;

    /**
     * @param storage what is changed
     * @param clock tells the time of a change
     */
    public QueueChanges(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Makes a change. The rules of {@link Storage#writeQueue} hold for the work.
     *
     * @param actor who makes it
     * @param work what is done; its answer is the answer of this method
     */
    public <T> T make(Actor actor, Function<? super QueueChange, ? extends T> work) {
        return storage.<T>writeQueue(transaction -> work.apply(new QueueChange(transaction, actor, clock.instant())));
    }
}
