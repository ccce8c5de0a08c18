package io.aipanel.bench.capacity;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One worker without a panel: claims what there is, completes it, and waits until it hears of more. */
final class JobLoop implements AutoCloseable {

    /** What it works off. */
    static final NewJob JOB = NewJob.of("capacity").queue("capacity").payload("{\"file\": 42}");

    private static final ClaimRequest REQUEST =
            new ClaimRequest(JOB.queue(), Set.of(JOB.type()), 100, Duration.ofSeconds(30), "bench");

    private static final long LONGEST_WAIT_MILLIS = 100;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Semaphore news;
    private final Future<?> running;
    private volatile boolean ending;

    /**
     * Begins.
     *
     * @param news has a permit when there is something new
     */
    JobLoop(JobQueueRepository jobs, Semaphore news) {
        this.news = news;
        this.running = thread.submit(() -> {
            workOff(jobs);
            return null;
        });
    }

    /** Gives a permit when there are new jobs. */
    static News telling(Semaphore news) {
        return topics -> {
            if (topics.contains(Topic.JOBS)) {
                news.release();
            }
        };
    }

    private void workOff(JobQueueRepository jobs) throws InterruptedException {
        while (!ending) {
            List<JobEnd> ends = new ArrayList<>();
            for (ClaimedJob job : jobs.claim(REQUEST)) {
                ends.add(new JobEnd.Completed(job.lease(), Optional.empty()));
            }
            if (!ends.isEmpty()) {
                jobs.finish(ends);
            } else if (news.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }
    }

    /** Fails if it has failed. */
    void requireRunning() throws InterruptedException, ExecutionException {
        if (running.isDone()) {
            running.get();
        }
    }

    /** Ends it; fails if it has failed. */
    @Override
    public void close() throws ExecutionException {
        ending = true;
        thread.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                running.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
