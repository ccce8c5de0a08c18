package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.BrokenReference;
import java.util.List;
import java.util.function.Function;

/**
 * How a repository reaches its store. Taken from a storage, each call is a transaction of its own; taken from a
 * transaction, it is part of that. The repository is the same class in both cases and need not know which it is.
 */
public interface StoreAccess {

    /**
     * Reads.
     *
     * @param work a single statement, unless it can bear to see a commit between two of them
     */
    <T> T read(Function<? super StoreConnection, ? extends T> work);

    /**
     * Reads and changes, as one step: all of it, or nothing if it throws. It may run twice and has no effects outside
     * its connection.
     */
    <T> T write(Function<? super StoreConnection, ? extends T> work);

    /**
     * As {@link #write(Function)}, for work that may break a reference: SQLite does not tell which one, but whoever asked
     * for the change knows.
     *
     * @param brokenReference what it means if a reference is broken, and what to do
     */
    default <T> T write(String brokenReference, Function<? super StoreConnection, ? extends T> work) {
        try {
            return write(work);
        } catch (BrokenReference e) {
            throw new BrokenReference(brokenReference, e.getCause());
        }
    }

    /**
     * As {@link #write(Function)}, together with the same work for others that waits at the same time.
     *
     * @param work the same object each time
     * @param wanted what this caller wants
     */
    default <I, O> O write(JointWork<I, O> work, I wanted) {
        return write(connection -> work.run(connection, List.of(wanted)).get(0));
    }
}
