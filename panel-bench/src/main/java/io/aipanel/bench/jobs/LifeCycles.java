package io.aipanel.bench.jobs;

import io.aipanel.bench.harness.Rate;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Actor;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whole lives of jobs through the library: enqueued in lists, handled by a handler that does nothing, completed, kept as
 * history. One run at a time.
 */
final class LifeCycles {

    /** How many jobs one call enqueues: as many as the larger of the batches of the hand-written loop. */
    static final int LIST = 2_000;

    private static final Duration STALLED = Duration.ofSeconds(60);

    private static final long LOOK_EVERY_MILLIS = 2;
    private static final Actor READER = Actor.program("bench");

    private final Panel panel;
    private final NewJob job;
    private volatile Countdown countdown = new Countdown(0);

    /** Handles the jobs of a queue from now on. */
    LifeCycles(Panel panel, String queue) {
        this.panel = panel;
        this.job = NewJob.of("life").queue(queue).payload("{\"file\": 42}");
        panel.jobs().handle("life", queue, running -> countdown.handled());
    }

    /**
     * Does a number of them.
     *
     * @return how many in which time: from the first enqueue until the last is completed, seen from outside
     */
    Rate run(int jobs) throws InterruptedException {
        long before = completed();
        Countdown handled = new Countdown(jobs);
        countdown = handled;
        long start = System.nanoTime();
        List<NewJob> list = Collections.nCopies(LIST, job);
        for (int enqueued = 0; enqueued < jobs; enqueued += LIST) {
            panel.jobs().enqueue(list.subList(0, Math.min(LIST, jobs - enqueued)));
        }
        handled.await();
        awaitCompleted(before + jobs);
        return new Rate(jobs, Duration.ofNanos(System.nanoTime() - start));
    }

    /** The handler is done a little before its job is. */
    private void awaitCompleted(long expected) throws InterruptedException {
        long deadline = System.nanoTime() + STALLED.toNanos();
        while (completed() < expected) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        (expected - completed()) + " handled jobs are not completed after " + STALLED);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        if (completed() != expected) {
            throw new IllegalStateException(completed() + " jobs are completed, but " + expected + " were enqueued");
        }
    }

    private long completed() {
        return panel.jobs().counts(READER).stream()
                .filter(counts -> counts.queue().equals(job.queue()))
                .map(QueueCounts::jobs)
                .mapToLong(counts -> counts.get(JobState.COMPLETED))
                .sum();
    }
}
