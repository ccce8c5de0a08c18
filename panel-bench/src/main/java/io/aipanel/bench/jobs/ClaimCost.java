package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.harness.Durations;
import io.aipanel.bench.harness.Progress;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What a claim costs in a store that holds much else, beside the same claim in a store that holds nothing else. Both are
 * open, and claims alternate between them.
 *
 * <p>The public side of the library claims by itself, so this goes one step below it, to the port that it claims through.
 * What lies beside the batch was put there through the public side; what has ended went through whole life cycles.
 */
final class ClaimCost {

    private static final int BATCH = 100;
    private static final int WARM_UP = 50;
    private static final int LIST = 10_000;
    private static final String QUEUE = "claims";
    private static final NewJob JOB = NewJob.of("life").queue(QUEUE).payload("{\"file\": 42}");

    private final Progress progress;

    ClaimCost(Progress progress) {
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param full an empty database, to be filled
     * @param empty another, to be left empty
     * @param history how many jobs of each kind are in the way; ten times as many have ended
     * @param rounds how many claims are timed in each
     */
    Found run(Database full, Database empty, int history, int rounds) throws Exception {
        fill(full, history);
        try (Panel created = DurablePanel.open(empty)) {
            created.health();
        }
        full.settle();
        empty.settle();
        try (Storage large = open(full);
                Storage small = open(empty)) {
            progress.say("claiming: the first claim among all that takes %.1f ms", firstClaim(large));
            for (int i = 0; i < WARM_UP; i++) {
                claim(large);
                claim(small);
            }
            long largeNanos = 0;
            long smallNanos = 0;
            for (int i = 0; i < rounds; i++) {
                // Whoever comes second finds a warmer processor.
                if (i % 2 == 0) {
                    largeNanos += claim(large);
                    smallNanos += claim(small);
                } else {
                    smallNanos += claim(small);
                    largeNanos += claim(large);
                }
            }
            return new Found(largeNanos / 1e6 / rounds, smallNanos / 1e6 / rounds);
        }
    }

    private void fill(Database database, int history) throws InterruptedException {
        progress.say(
                "claiming: filling a store with %d jobs that have ended and 5 times %d that wait",
                10 * history, history);
        try (Panel panel = DurablePanel.open(database)) {
            new LifeCycles(panel, QUEUE).run(10 * history);
        }
        try (Panel panel = DurablePanel.open(database)) {
            enqueue(panel, JOB.queue("other"), history);
            enqueue(panel, JOB.runAt(Instant.now().plus(Duration.ofDays(1))), history);
            enqueue(panel, NewJob.of("unhandled").queue(QUEUE), history);
        }
    }

    private static void enqueue(Panel panel, NewJob job, int number) {
        List<NewJob> list = Collections.nCopies(LIST, job);
        for (int enqueued = 0; enqueued < number; enqueued += LIST) {
            panel.jobs().enqueue(list.subList(0, Math.min(LIST, number - enqueued)));
        }
    }

    private static Storage open(Database database) {
        StorageOptions options = StorageOptions.of(database.panelUrl());
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.scheme().equals(options.scheme()))
                .findFirst()
                .orElseThrow()
                .open(options);
    }

    private double firstClaim(Storage storage) {
        return Durations.millis(Duration.ofNanos(claim(storage)));
    }

    /** Enqueues a batch, claims it and completes it; answers what the claim took, in nanoseconds. */
    private static long claim(Storage storage) {
        storage.jobs().enqueue(Collections.nCopies(BATCH, JOB));
        ClaimRequest request = new ClaimRequest(
                new QueueName(QUEUE), Set.of(new JobType("life")), BATCH, Duration.ofMinutes(10), "bench");
        long start = System.nanoTime();
        List<ClaimedJob> claimed = storage.jobs().claim(request);
        long took = System.nanoTime() - start;
        if (claimed.size() != BATCH) {
            throw new IllegalStateException("claimed " + claimed.size() + " jobs, not " + BATCH);
        }
        for (ClaimedJob job : claimed) {
            storage.jobs().complete(job.lease(), Optional.empty());
        }
        return took;
    }

    /**
     * What a claim of a batch took on average.
     *
     * @param largeMillis among much else
     * @param emptyMillis with nothing else
     */
    record Found(double largeMillis, double emptyMillis) {}
}
