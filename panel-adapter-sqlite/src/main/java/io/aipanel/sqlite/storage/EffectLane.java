package io.aipanel.sqlite.storage;

import io.aipanel.domain.storage.Effect;
import java.util.List;

/**
 * The way of one kind of effect from its outbox to the store it belongs to.
 *
 * @param <E> the kind of effect
 */
public interface EffectLane<E extends Effect> {

    /** The table where the effects wait. */
    String outbox();

    /** Adds an effect to the outbox. */
    void add(StoreConnection source, E effect);

    /**
     * The effects that wait, oldest first, those that were set aside left out.
     *
     * @param max the most to tell
     */
    List<Waiting> waiting(StoreConnection source, int max);

    /**
     * Applies effects to the store they belong to, in the given order.
     *
     * @param destination a transaction on that store
     * @param effects some that {@link #waiting} has told
     * @throws RuntimeException if one cannot be read, or the store refuses it
     */
    default void deliver(StoreConnection destination, List<Waiting> effects) {
        effects.forEach(effect -> effect.delivery().to(destination));
    }

    /**
     * An effect that waits.
     *
     * @param seq its row in the outbox
     * @param effectId which effect it is
     * @param delivery applies it to the store it belongs to
     */
    record Waiting(long seq, String effectId, Delivery delivery) {}

    /** Applies an effect. */
    @FunctionalInterface
    interface Delivery {
        /**
         * @param destination a transaction on the store that the effect belongs to
         * @throws RuntimeException if the effect cannot be read, or the store refuses it
         */
        void to(StoreConnection destination);
    }
}
