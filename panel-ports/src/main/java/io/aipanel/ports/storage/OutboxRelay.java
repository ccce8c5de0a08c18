package io.aipanel.ports.storage;

import io.aipanel.domain.storage.EffectId;
import java.util.List;

/**
 * Moves the effects of committed changes to where they belong, each exactly once, whatever is killed when and however
 * many processes relay at once.
 */
public interface OutboxRelay {

    /**
     * Moves what waits, oldest first for each destination. An effect that its destination refuses for good is set aside
     * and does not hold up the others.
     *
     * @param max the most effects to move, 1 or more
     * @return what was done; when this method returns it is durable
     * @throws StoreUnavailable if a destination does not answer; what could not be moved waits on
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    Relayed relay(int max);

    /** How many effects wait, those that were set aside not counted. */
    long waiting();

    /**
     * The effects that were set aside, oldest first.
     *
     * @param limit the most to tell, 1 or more
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    List<SetAside> setAside(int limit);

    /**
     * What a call of {@link #relay} did.
     *
     * @param moved how many effects reached their destination
     * @param setAside which effects were refused by it
     */
    record Relayed(int moved, List<SetAside> setAside) {
        /** Keeps its own copy of the list. */
        public Relayed {
            setAside = List.copyOf(setAside);
        }
    }

    /**
     * An effect that could not be applied.
     *
     * @param id which effect
     * @param reason what its destination said
     */
    record SetAside(EffectId id, String reason) {}
}
