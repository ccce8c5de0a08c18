package io.aipanel.sqlite.storage;

import java.util.List;

/**
 * Work that costs little more for several callers than for one. What waits in a row is done as one step, in one savepoint; if
 * that fails, it is done for each caller alone, so that nobody fails because of others.
 *
 * @param <I> what a caller wants
 * @param <O> what the caller is answered
 */
@FunctionalInterface
public interface JointWork<I, O> {

    /**
     * Reads and changes. It may run twice and has no effects outside its connection.
     *
     * @param wanted what callers want, in the order of their coming; one at least
     * @return the answers, one for one
     */
    List<? extends O> run(StoreConnection connection, List<? extends I> wanted);
}
