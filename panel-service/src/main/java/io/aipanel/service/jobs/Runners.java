package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.JobEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run jobs, always the same number. A handler that does not stop although it was told to keeps its thread,
 * which is replaced: one that blocks for ever must not hold up its queue for ever.
 */
final class Runners {

    private final int threads;
    private final String queue;
    private final Intake intake;
    private final Function<RunningJob, Handler> handlers;
    private final Finisher finisher;
    private final Set<Runner> runners = ConcurrentHashMap.newKeySet();

    Runners(int threads, String queue, Intake intake, Function<RunningJob, Handler> handlers, Finisher finisher) {
        this.threads = threads;
        this.queue = queue;
        this.intake = intake;
        this.handlers = handlers;
        this.finisher = finisher;
    }

    void start() {
        for (int i = 0; i < threads; i++) {
            startOne();
        }
    }

    /** Tells those to stop whose time is over, and gives up those who were told and have not stopped for long. */
    void watch(Duration grace) {
        for (Runner runner : runners) {
            runner.watch(grace);
        }
    }

    /** Waits until all have ended; there must be nothing more for them to take. */
    void await(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Runner runner : List.copyOf(runners)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            runner.thread.join(Math.max(1, left));
        }
    }

    /** Tells all that run to stop, because the panel is being closed. */
    void interrupt() {
        for (Runner runner : runners) {
            RunningJob job = runner.job;
            if (job != null) {
                job.stop(RunningJob.Stop.CLOSING);
            }
        }
    }

    /** Ends the attempts of those that have not stopped, and leaves their threads to themselves. */
    void abandonAll() {
        runners.forEach(Runner::abandon);
    }

    private void startOne() {
        Runner runner = new Runner();
        runners.add(runner);
        runner.thread.start();
    }

    private final class Runner implements Runnable {

        private final Thread thread = new Thread(this, "panel-job-" + queue);
        private volatile @Nullable RunningJob job;
        private volatile long began;
        private volatile long told;
        private boolean abandoned;

        private Runner() {
            // A handler that never ends must not keep the process alive once the panel is closed.
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            for (RunningJob next = intake.take(); next != null; next = intake.take()) {
                began = System.nanoTime();
                told = 0;
                job = next;
                JobEnd end = Attempt.make(next, handlers.apply(next));
                synchronized (this) {
                    if (abandoned) {
                        return;
                    }
                    job = null;
                    finisher.add(next, end);
                }
            }
            runners.remove(this);
        }

        private void watch(Duration grace) {
            RunningJob current = job;
            if (current == null) {
                return;
            }
            long now = System.nanoTime();
            Optional<Duration> timeout = handlers.apply(current).options().timeout();
            if (timeout.isPresent() && now - began > timeout.get().toNanos()) {
                current.stop(RunningJob.Stop.TIMED_OUT);
            }
            if (current.stopped().isEmpty()) {
                return;
            }
            if (told == 0) {
                told = now;
            } else if (now - told > grace.toNanos() && abandon(current)) {
                startOne();
            }
        }

        private void abandon() {
            RunningJob current = job;
            if (current != null) {
                abandon(current);
            }
        }

        private synchronized boolean abandon(RunningJob current) {
            if (abandoned || job != current) {
                return false;
            }
            abandoned = true;
            runners.remove(this);
            finisher.add(current, Attempt.abandoned(current, handlers.apply(current)));
            return true;
        }
    }
}
