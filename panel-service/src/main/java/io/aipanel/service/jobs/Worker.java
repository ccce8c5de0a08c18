package io.aipanel.service.jobs;

import io.aipanel.domain.Text;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off one queue: a thread that claims as many jobs as there are free handlers, threads that run them, and one that
 * gives the sign of life. Woken by the store; while nothing is due it sleeps until something will be.
 */
final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** How long to sleep when nothing is due; new jobs wake earlier, by the store's signal. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final JobQueueRepository queue;
    private final QueueName name;
    private final WorkerOptions options;
    private final String workerName;
    private final Map<JobType, JobHandler> handlers = new ConcurrentHashMap<>();
    private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final ExecutorService threads;
    private final ScheduledExecutorService heartbeat;
    private final Thread claimer;
    private final Storage.Subscription subscription;
    private boolean awake;
    private boolean stopped;

    Worker(Storage storage, QueueName name, WorkerOptions options) {
        this.queue = storage.jobs();
        this.name = name;
        this.options = options;
        this.workerName =
                "pid " + ProcessHandle.current().pid() + "/" + Integer.toHexString(System.identityHashCode(this));
        this.threads = Executors.newFixedThreadPool(options.threads(), task -> new Thread(task, "panel-job-" + name));
        this.heartbeat =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "panel-heartbeat-" + name));
        long beat = options.lease().toMillis() / 3;
        heartbeat.scheduleWithFixedDelay(this::extendLeases, beat, beat, TimeUnit.MILLISECONDS);
        this.claimer = new Thread(this::claimUntilStopped, "panel-claim-" + name);
        this.subscription = storage.listen(Storage.Topic.JOBS, this::wake);
        claimer.start();
    }

    void handle(JobType type, JobHandler handler) {
        if (handlers.putIfAbsent(type, handler) != null) {
            throw new IllegalStateException(
                    "the job type " + type + " has a handler in the queue " + name + " already");
        }
        wake();
    }

    void stopClaiming() {
        subscription.close();
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        stopClaiming();
        boolean interrupted = Threads.join(claimer);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(options.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            threads.shutdownNow();
        }
        heartbeat.shutdownNow();
        for (RunningJob job : running) {
            giveBack(job);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        synchronized (lock) {
            awake = true;
            lock.notifyAll();
        }
    }

    private void claimUntilStopped() {
        Duration sleep = Duration.ZERO;
        while (awaitWork(sleep)) {
            try {
                sleep = claim();
            } catch (StoreException e) {
                LOG.warn("Jobs of the queue {} wait, because their store does not answer: {}", name, e.getMessage());
                sleep = PAUSE_AFTER_FAILURE;
            } catch (RuntimeException e) {
                LOG.error("Claiming jobs of the queue {} failed; it is tried again", name, e);
                sleep = PAUSE_AFTER_FAILURE;
            }
        }
    }

    /** Claims what fits; answers how long there is nothing to do. */
    private Duration claim() {
        Set<JobType> types = Set.copyOf(handlers.keySet());
        int free = options.threads() - running.size();
        if (types.isEmpty() || free <= 0) {
            return LONGEST_SLEEP;
        }
        List<ClaimedJob> claimed = queue.claim(new ClaimRequest(name, types, free, options.lease(), workerName));
        for (ClaimedJob job : claimed) {
            RunningJob accepted = new RunningJob(job);
            running.add(accepted);
            threads.execute(() -> run(accepted));
        }
        if (!claimed.isEmpty()) {
            return Duration.ZERO;
        }
        return queue.untilNextDue(name, types)
                .filter(due -> due.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
    }

    /** Waits for a signal or the end of a pause; answers whether to go on. */
    private boolean awaitWork(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        synchronized (lock) {
            try {
                while (!stopped && !awake && until - System.nanoTime() > 0) {
                    lock.wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
                }
            } catch (InterruptedException e) {
                stopped = true;
            }
            awake = false;
            return !stopped;
        }
    }

    private void run(RunningJob job) {
        try {
            Optional<Throwable> failure = handle(job);
            if (failure.isEmpty()) {
                if (!queue.complete(job.lease(), job.result())) {
                    LOG.warn(
                            "Job {} was done, but its lease had ended: it may run again",
                            job.job().id());
                }
            } else if (Thread.currentThread().isInterrupted()) {
                giveBack(job);
            } else {
                fail(job, failure.get());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "The end of job {} could not be written: it runs again when its lease ends",
                    job.job().id(),
                    e);
        } finally {
            running.remove(job);
            wake();
        }
    }

    private Optional<Throwable> handle(RunningJob job) {
        try {
            handlers.get(job.job().type()).run(job);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (Throwable e) { // whatever a handler throws is the end of an attempt, never of the worker
            return Optional.of(e);
        }
    }

    private void fail(RunningJob job, Throwable failure) {
        Job failed = job.job();
        boolean again = failed.attempt() < failed.retry().maxAttempts();
        Optional<Duration> delay = again
                ? Optional.of(failed.retry()
                        .delayAfter(
                                failed.attempt(), ThreadLocalRandom.current().nextDouble()))
                : Optional.empty();
        LOG.warn(
                "Attempt {} of job {} ({}) failed, {}: {}",
                failed.attempt(),
                failed.id(),
                failed.type(),
                delay.map(wait -> "the next is in " + wait).orElse("and was the last"),
                failure.toString());
        queue.fail(job.lease(), Text.truncated(failure.toString(), Job.MAX_ERROR_BYTES), delay);
    }

    private void giveBack(RunningJob job) {
        try {
            queue.release(job.lease());
        } catch (StoreException e) {
            LOG.warn(
                    "Job {} could not be given back: it runs again when its lease ends",
                    job.job().id(),
                    e);
        }
    }

    private void extendLeases() {
        for (RunningJob job : running) {
            try {
                if (!queue.extend(job.lease(), options.lease())) {
                    job.leaseIsLost();
                }
            } catch (RuntimeException e) {
                LOG.warn(
                        "The lease of job {} could not be extended: {}",
                        job.job().id(),
                        e.getMessage());
            }
        }
    }
}
