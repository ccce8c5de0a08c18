package io.aipanel.ports.storage;

/**
 * Hears how long writes take. Called on the threads that write, possibly by several at once: it must return within
 * nanoseconds, must not wait and must not throw.
 */
@FunctionalInterface
public interface WriteObserver {

    /** Listens to nothing. */
    WriteObserver NONE = (store, nanos) -> {};

    /**
     * A write has become durable.
     *
     * @param store where
     * @param nanos the time from the caller's hand-over until the commit, in nanoseconds, 0 or more
     */
    void committed(StoreName store, long nanos);
}
