package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.harness.Progress;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What it costs to claim a batch in a store that holds much else, beside the same in a store that holds nothing else. Both
 * are open, and claims alternate between them.
 *
 * <p>The public side of the library claims by itself, so this goes one step below it, to the port that it claims through.
 * What lies beside the batch was put there through the public side; what has ended went through whole life cycles.
 */
final class ClaimCost {

    private static final int BATCH = 100;
    private static final int WARM_UP = 50;
    private static final int LIST = 10_000;
    private static final QueueName QUEUE = new QueueName("claims");
    private static final QueueName PAUSED = new QueueName("paused");
    private static final JobType TYPE = new JobType("life");
    private static final NewJob JOB =
            NewJob.of(TYPE.value()).queue(QUEUE.value()).payload("{\"file\": 42}");

    /** Longer than any run. */
    private static final Duration LEASE = Duration.ofDays(1);

    /** The first claim may have to look at everything that its key holds back. */
    private static final Duration STALLED = Duration.ofMinutes(10);

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
     * @param rounds how many batches are claimed in each
     */
    Found run(Database full, Database empty, int history, int rounds) throws Exception {
        fill(full, history);
        try (Storage large = DurablePanel.openStorage(full);
                Storage small = DurablePanel.openStorage(empty)) {
            large.queues().pause(PAUSED);
            // The one that runs, and by that holds back all others with its concurrency key.
            large.jobs().claim(request(1));
            full.settle();
            empty.settle();
            progress.say("claiming: the first batch behind all that takes %.1f ms", claimBatch(large) / 1e6);
            for (int i = 0; i < WARM_UP; i++) {
                claimBatch(large);
                claimAlone(small);
            }
            long largeNanos = 0;
            long smallNanos = 0;
            for (int i = 0; i < rounds; i++) {
                // Whoever comes second finds a warmer processor.
                if (i % 2 == 0) {
                    largeNanos += claimBatch(large);
                    smallNanos += claimAlone(small);
                } else {
                    smallNanos += claimAlone(small);
                    largeNanos += claimBatch(large);
                }
            }
            return new Found(largeNanos / 1e6 / rounds, smallNanos / 1e6 / rounds);
        }
    }

    private void fill(Database database, int history) throws InterruptedException {
        progress.say("claiming: %d jobs live and end", 10 * history);
        try (Panel panel = DurablePanel.open(database)) {
            new LifeCycles(panel, QUEUE.value()).run(10 * history);
        }
        progress.say("claiming: 5 times %d jobs come to wait", history);
        try (Panel panel = DurablePanel.open(database)) {
            enqueue(panel, JOB.queue("other"), history);
            enqueue(panel, JOB.queue(PAUSED.value()), history);
            enqueue(panel, JOB.runAt(Instant.now().plus(LEASE)), history);
            enqueue(panel, NewJob.of("unhandled").queue(QUEUE.value()), history);
            enqueue(panel, JOB.concurrencyKey("one at a time"), history);
        }
    }

    private static void enqueue(Panel panel, NewJob job, int number) {
        List<NewJob> list = Collections.nCopies(LIST, job);
        for (int enqueued = 0; enqueued < number; enqueued += LIST) {
            panel.jobs().enqueue(list.subList(0, Math.min(LIST, number - enqueued)));
        }
    }

    /** The same, leaving nothing behind. */
    private static long claimAlone(Storage storage) {
        long took = claimBatch(storage);
        storage.jobs().prune(JobState.COMPLETED, Instant.now().plus(LEASE), BATCH);
        return took;
    }

    /**
     * Enqueues a batch, claims until it has all of it, and completes it.
     *
     * @return what the claims took, in nanoseconds
     */
    private static long claimBatch(Storage storage) {
        storage.jobs().enqueue(Collections.nCopies(BATCH, JOB));
        List<JobEnd> ends = new ArrayList<>();
        long start = System.nanoTime();
        while (ends.size() < BATCH) {
            for (ClaimedJob job : storage.jobs().claim(request(BATCH - ends.size()))) {
                ends.add(new JobEnd.Completed(job.lease(), Optional.empty()));
            }
            if (System.nanoTime() - start > STALLED.toNanos()) {
                throw new IllegalStateException("claimed " + ends.size() + " of " + BATCH + " jobs in " + STALLED);
            }
        }
        long took = System.nanoTime() - start;
        storage.jobs().finish(ends);
        return took;
    }

    private static ClaimRequest request(int max) {
        return new ClaimRequest(QUEUE, Set.of(TYPE), max, LEASE, "bench");
    }

    /**
     * What claiming a batch took on average.
     *
     * @param largeMillis among much else
     * @param emptyMillis with nothing else
     */
    record Found(double largeMillis, double emptyMillis) {}
}
