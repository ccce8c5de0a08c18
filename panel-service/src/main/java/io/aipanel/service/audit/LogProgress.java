package io.aipanel.service.audit;

/** Hears how far long work on the log has come: often, on the thread that works. It should be quick. */
@FunctionalInterface
public interface LogProgress {

    /** Nobody listens. */
    LogProgress NONE = (done, total) -> {};

    /**
     * @param done with how many events the work is done
     * @param total how many there are by now; a log may grow meanwhile
     */
    void reached(long done, long total);
}
