package io.aipanel.service.jobs;

/** What a panel does with jobs, beside enqueueing them and telling about them. */
public enum JobMode {
    /** Handlers run on threads of their own, the panel's own jobs among them, and schedules are kept. */
    WORKERS,
    /**
     * For tests: no threads. Whoever enqueues runs what is due before the call returns, and {@link Jobs#runDue()} runs what
     * has become due since. Schedules are not kept, and the panel's own jobs are not run.
     */
    INLINE,
    /** Nothing runs here: for a program that only looks and enqueues, such as the command line. */
    OFF
}
