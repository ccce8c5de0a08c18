package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off one queue: a thread that claims, {@link Runners} that run, a {@link Finisher} that writes how it ended. Woken
 * by the store; while nothing is due it sleeps until something will be.
 */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** How long to sleep when nothing is due; new jobs wake earlier, by the store's signal. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Storage storage;
    private final JobQueueRepository jobs;
    private final QueueName name;
    private final WorkerOptions options;
    private final InstantSource clock;
    private final String workerName;
    private final Map<JobType, Handler> handlers = new ConcurrentHashMap<>();
    /** What is ours: claimed, and its end not written yet. */
    private final Set<RunningJob> held = ConcurrentHashMap.newKeySet();

    private final Intake intake;
    private final Runners runners;
    private final Finisher finisher;
    private final Thread claimer;

    Worker(Storage storage, QueueName name, WorkerOptions options, InstantSource clock, String workerName) {
        this.storage = storage;
        this.jobs = storage.jobs();
        this.name = name;
        this.options = options;
        this.clock = clock;
        this.workerName = workerName;
        this.intake = new Intake(options.threads());
        this.finisher = new Finisher(jobs, name.value(), this::letGo);
        this.runners = new Runners(
                options.threads(),
                name.value(),
                intake,
                job -> handlers.get(job.job().type()),
                finisher);
        this.claimer = new Thread(this::claimUntilClosed, "panel-claim-" + name);
        runners.start();
        claimer.start();
    }

    void handle(JobType type, Handler handler) {
        if (handlers.putIfAbsent(type, handler) != null) {
            throw new IllegalStateException(
                    "the job type " + type + " has a handler in the queue " + name + " already");
        }
        intake.wake();
    }

    /** There may be something to claim. */
    void wake() {
        intake.wake();
    }

    /** Says that this worker is there. */
    void appear(Duration duration) {
        storage.queues().present(new WorkerPresence(workerName, name, handlers.keySet()), duration);
    }

    /** Looks after what runs: time-outs, what handlers have told, jobs that nobody has begun. About once a second. */
    void watch() {
        runners.watch(options.grace());
        release(intake.takeStale());
        List<JobReport> reports =
                held.stream().flatMap(job -> job.takeReport().stream()).toList();
        if (!reports.isEmpty()) {
            jobs.report(reports);
        }
    }

    /** Gives the sign of life, and hears what has become of the leases. */
    void extendLeases() {
        List<RunningJob> ours = List.copyOf(held);
        for (int from = 0; from < ours.size(); from += JobQueueRepository.MAX_LEASES) {
            List<RunningJob> part = ours.subList(from, Math.min(from + JobQueueRepository.MAX_LEASES, ours.size()));
            List<Lease> leases = part.stream().map(RunningJob::lease).toList();
            List<LeaseState> states = jobs.extend(leases, options.lease());
            for (int i = 0; i < part.size(); i++) {
                RunningJob job = part.get(i);
                if (states.get(i) == LeaseState.CANCEL_REQUESTED) {
                    job.stop(RunningJob.Stop.CANCELLED);
                } else if (states.get(i) == LeaseState.LOST && held.contains(job)) {
                    job.leaseIsLost();
                }
            }
        }
    }

    /** Takes no more jobs, and gives back those that nobody has begun. */
    void stopClaiming() {
        release(intake.close());
    }

    /**
     * Waits until nothing runs any more, at most until a time ({@link System#nanoTime()}). Only after
     * {@link #stopClaiming()}.
     */
    void awaitEnd(long until) throws InterruptedException {
        claimer.join();
        // It may have taken in a last batch meanwhile.
        release(intake.close());
        runners.await(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }

    /** Tells what still runs to stop. */
    void interrupt() {
        runners.interrupt();
    }

    /** Gives back what has not stopped, and writes the last ends. */
    void close() {
        runners.abandonAll();
        finisher.close();
    }

    private void letGo(List<RunningJob> written) {
        written.forEach(held::remove);
        intake.written(written.size());
    }

    private void release(List<RunningJob> untouched) {
        untouched.forEach(job -> finisher.add(job, new JobEnd.Released(job.lease())));
    }

    private void claimUntilClosed() {
        Duration pause = Duration.ZERO;
        for (int wanted = intake.awaitRoom(0); wanted > 0; wanted = intake.awaitRoom(pause.toNanos())) {
            try {
                pause = claim(wanted);
            } catch (StoreException e) {
                LOG.warn("Jobs of the queue {} wait, because their store does not answer: {}", name, e.getMessage());
                pause = PAUSE_AFTER_FAILURE;
            } catch (RuntimeException e) {
                LOG.error("Claiming jobs of the queue {} failed; it is tried again", name, e);
                pause = PAUSE_AFTER_FAILURE;
            }
        }
    }

    /** Claims; answers how long there is nothing more to claim. */
    private Duration claim(int wanted) {
        Set<JobType> types = Set.copyOf(handlers.keySet());
        if (types.isEmpty()) {
            return LONGEST_SLEEP;
        }
        List<ClaimedJob> claimed = jobs.claim(new ClaimRequest(name, types, wanted, options.lease(), workerName));
        if (!claimed.isEmpty()) {
            List<RunningJob> accepted = new ArrayList<>(claimed.size());
            for (ClaimedJob job : claimed) {
                accepted.add(new RunningJob(job, clock));
            }
            held.addAll(accepted);
            intake.add(accepted);
        }
        if (claimed.size() == wanted) {
            return Duration.ZERO;
        }
        return jobs.untilNextDue(name, types)
                .filter(due -> due.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
    }
}
