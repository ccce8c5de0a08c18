package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs jobs on the thread of whoever enqueues them, one after the other, through the same store as workers do. */
final class InlineRunner {

    private static final int RELAYED_AT_ONCE = 1_000;

    private final Storage storage;
    private final JobQueueRepository jobs;
    private final WorkerOptions options;
    private final InstantSource clock;
    private final String workerName;
    private final Map<QueueName, Map<JobType, Handler>> handlers = new TreeMap<>();
    private boolean running;

    InlineRunner(Storage storage, WorkerOptions options, InstantSource clock, String workerName) {
        this.storage = storage;
        this.jobs = storage.jobs();
        this.options = options;
        this.clock = clock;
        this.workerName = workerName;
    }

    synchronized void handle(JobType type, Handler handler) {
        QueueName queue = handler.options().queue();
        if (handlers.computeIfAbsent(queue, name -> new TreeMap<>()).putIfAbsent(type, handler) != null) {
            throw new IllegalStateException(
                    "the job type " + type + " has a handler in the queue " + queue + " already");
        }
    }

    /** Runs what is due, unless a handler is calling: what that enqueues is run after it. */
    synchronized void runUnlessRunning() {
        if (!running) {
            run();
        }
    }

    /** Runs until nothing is due; answers how many attempts were made. */
    synchronized int run() {
        int attempts = 0;
        running = true;
        try {
            for (Optional<Claim> next = claim(); next.isPresent(); next = claim()) {
                run(next.get());
                attempts++;
            }
        } finally {
            running = false;
        }
        return attempts;
    }

    private Optional<Claim> claim() {
        deliverEffects();
        for (Map.Entry<QueueName, Map<JobType, Handler>> queue : List.copyOf(handlers.entrySet())) {
            Set<JobType> types = queue.getValue().keySet();
            List<ClaimedJob> claimed =
                    jobs.claim(new ClaimRequest(queue.getKey(), types, 1, options.lease(), workerName));
            if (!claimed.isEmpty()) {
                ClaimedJob job = claimed.get(0);
                return Optional.of(new Claim(
                        new RunningJob(job, clock),
                        queue.getValue().get(job.job().type())));
            }
        }
        return Optional.empty();
    }

    /** Jobs that were enqueued with a change of the panel's data are on their way. */
    private void deliverEffects() {
        int moved;
        do {
            moved = storage.outbox().relay(RELAYED_AT_ONCE).moved();
        } while (moved > 0);
    }

    private void run(Claim claim) {
        JobEnd end = Attempt.make(claim.job(), claim.handler());
        Optional<JobReport> report = claim.job().takeReport();
        report.ifPresent(told -> jobs.report(List.of(told)));
        jobs.finish(List.of(end));
    }

    private record Claim(RunningJob job, Handler handler) {}
}
