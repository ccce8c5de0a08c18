package io.aipanel.sqlite.storage;

/** Hears how long writes take. Called on the writer's thread: it must return at once and must not throw. */
@FunctionalInterface
public interface WriteObserver {

    /** Listens to nothing. */
    WriteObserver NONE = (file, nanos) -> {};

    /**
     * @param file what was written
     * @param nanos the time from the caller's hand-over until the commit, in nanoseconds
     */
    void committed(StoreFile file, long nanos);
}
