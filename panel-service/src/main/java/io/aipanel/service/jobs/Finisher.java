package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how attempts have ended. One thread: while it writes some ends, others gather, and the next step writes them
 * all at once. While the store does not answer it tries again; what it cannot write at all runs again when its lease ends.
 */
final class Finisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);

    private static final int MAX_BATCH = 2_000;
    private static final long PAUSE_MILLIS = 500;

    /** How long closing waits for a store that does not answer. */
    private static final Duration LAST_TRIES = Duration.ofSeconds(10);

    private final JobQueueRepository jobs;
    private final Consumer<List<RunningJob>> written;
    private final Thread thread;
    private List<Ended> gathered = new ArrayList<>();
    private boolean closing;
    private long closingSince;

    /**
     * @param jobs where they are written
     * @param queue what its thread is named after
     * @param written called with the jobs whose ends were written, or cannot be
     */
    Finisher(JobQueueRepository jobs, String queue, Consumer<List<RunningJob>> written) {
        this.jobs = jobs;
        this.written = written;
        this.thread = new Thread(this::run, "panel-finish-" + queue);
        thread.start();
    }

    synchronized void add(RunningJob job, JobEnd end) {
        gathered.add(new Ended(job, end));
        if (gathered.size() == 1) {
            notifyAll();
        }
    }

    /** Writes what is left, and stops. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            closingSince = System.nanoTime();
            notifyAll();
        }
        if (Threads.join(thread)) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (List<Ended> ends = take(); !ends.isEmpty(); ends = take()) {
            for (int from = 0; from < ends.size(); from += MAX_BATCH) {
                write(ends.subList(from, Math.min(from + MAX_BATCH, ends.size())));
            }
        }
    }

    /** Waits for ends; empty if there will be none any more. */
    private synchronized List<Ended> take() {
        while (gathered.isEmpty() && !closing) {
            try {
                wait();
            } catch (InterruptedException onlyClosingEndsThis) {
                // The thread is nobody else's.
            }
        }
        List<Ended> ends = gathered;
        gathered = new ArrayList<>();
        return ends;
    }

    private void write(List<Ended> ends) {
        try {
            List<JobReport> reports = ends.stream()
                    .flatMap(end -> end.job().takeReport().stream())
                    .toList();
            if (!reports.isEmpty()) {
                patiently(() -> {
                    jobs.report(reports);
                    return List.of();
                });
            }
            List<JobEnd> batch = ends.stream().map(Ended::end).toList();
            List<Boolean> counted = patiently(() -> jobs.finish(batch));
            for (int i = 0; i < ends.size(); i++) {
                if (!counted.get(i)) {
                    LOG.warn(
                            "An attempt at job {} has ended, but its lease was lost before: it does not count",
                            ends.get(i).job().job().id());
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The end of {} jobs could not be written: they run again when their leases end", ends.size(), e);
        } finally {
            written.accept(ends.stream().map(Ended::job).toList());
        }
    }

    private List<Boolean> patiently(Step step) {
        while (true) {
            try {
                return step.take();
            } catch (StoreException e) {
                if (!mayTryAgain()) {
                    throw e;
                }
                LOG.warn(
                        "The ends of jobs wait to be written, because their store does not answer: {}", e.getMessage());
            }
        }
    }

    /** Pauses; answers whether there is time for another try. */
    private synchronized boolean mayTryAgain() {
        if (closing && System.nanoTime() - closingSince > LAST_TRIES.toNanos()) {
            return false;
        }
        try {
            wait(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            return false;
        }
        return true;
    }

    @FunctionalInterface
    private interface Step {
        List<Boolean> take();
    }

    private record Ended(RunningJob job, JobEnd end) {}
}
