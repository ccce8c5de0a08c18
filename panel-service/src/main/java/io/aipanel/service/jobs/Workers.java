package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of a panel, one per queue that has a handler, and what they share. Safe for use by many threads. */
public final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /** A worker that has not said for so long that it is there is no longer shown. */
    private static final Duration PRESENCE = Duration.ofSeconds(90);

    /** How long handlers have to stop after they were interrupted: programs are asked first, and killed three seconds later. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final Storage storage;
    private final WorkerOptions options;
    private final JobMode mode;
    private final InstantSource clock;
    private final JobMeters meters;
    private final String name = WorkerName.next();
    private final Map<QueueName, Worker> workers = new HashMap<>();
    private final AtomicBoolean leasesWanted = new AtomicBoolean();
    private final InlineRunner inline;
    private @Nullable ScheduledThreadPoolExecutor timer;
    private List<Storage.Subscription> subscriptions = List.of();
    private boolean closed;

    /** For {@link io.aipanel.service.Panel}. */
    public Workers(Storage storage, WorkerOptions options, JobMode mode, InstantSource clock, JobMeters meters) {
        this.storage = storage;
        this.options = options;
        this.mode = mode;
        this.clock = clock;
        this.meters = meters;
        this.inline = new InlineRunner(storage, options, clock, name);
    }

    void handle(JobType type, HandlerOptions how, JobHandler code) {
        Handler handler = new Handler(how, code, meters.of(how.queue(), type));
        switch (mode) {
            case OFF ->
                throw new IllegalStateException(
                        "this panel runs no jobs: open it with another JobMode than OFF to handle " + type);
            case INLINE -> inline.handle(type, handler);
            case WORKERS -> {
                Worker worker = worker(how.queue());
                worker.handle(type, handler);
                // Whoever asks shall see at once that the type is handled now.
                attempt(worker, each -> each.appear(PRESENCE));
            }
        }
    }

    /** Jobs were enqueued by a caller of this panel. */
    void enqueued() {
        if (mode == JobMode.INLINE) {
            inline.runUnlessRunning();
        }
    }

    int runDue() {
        if (mode != JobMode.INLINE) {
            throw new IllegalStateException("jobs run on threads of their own: open the panel with JobMode.INLINE");
        }
        return inline.run();
    }

    void close() {
        List<Worker> all;
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(workers.values());
            running = timer;
        }
        subscriptions.forEach(Storage.Subscription::close);
        all.forEach(Worker::stopClaiming);
        try {
            awaitEnd(all, options.grace());
            all.forEach(Worker::interrupt);
            awaitEnd(all, LAST_MOMENT);
        } catch (InterruptedException e) {
            all.forEach(Worker::interrupt);
            Thread.currentThread().interrupt();
        }
        all.forEach(Worker::close);
        if (running != null) {
            running.shutdownNow();
            forgetPresence();
        }
    }

    private synchronized Worker worker(QueueName queue) {
        if (closed) {
            throw new IllegalStateException("the panel is closed");
        }
        if (timer == null) {
            timer = startTimer();
            subscriptions = List.of(
                    storage.listen(Storage.Topic.JOBS, this::wake),
                    storage.listen(Storage.Topic.CANCELLATIONS, this::hearOfCancellations));
        }
        return workers.computeIfAbsent(queue, wanted -> new Worker(storage, wanted, options, clock, name));
    }

    private ScheduledThreadPoolExecutor startTimer() {
        ScheduledThreadPoolExecutor started =
                new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "panel-heartbeat"));
        long beat = options.lease().toMillis() / 3;
        started.scheduleWithFixedDelay(() -> each(Worker::extendLeases), beat, beat, TimeUnit.MILLISECONDS);
        started.scheduleWithFixedDelay(() -> each(Worker::watch), 1, 1, TimeUnit.SECONDS);
        long sign = PRESENCE.toSeconds() / 3;
        started.scheduleWithFixedDelay(() -> each(worker -> worker.appear(PRESENCE)), sign, sign, TimeUnit.SECONDS);
        return started;
    }

    private static void awaitEnd(List<Worker> workers, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (Worker worker : workers) {
            worker.awaitEnd(until);
        }
    }

    private void wake() {
        all().forEach(Worker::wake);
    }

    /** Many may be told of in a row; one look at the leases answers for all that came before it. */
    private void hearOfCancellations() {
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            running = closed ? null : timer;
        }
        if (running != null && leasesWanted.compareAndSet(false, true)) {
            running.execute(() -> {
                leasesWanted.set(false);
                each(Worker::extendLeases);
            });
        }
    }

    private void each(Consumer<Worker> chore) {
        all().forEach(worker -> attempt(worker, chore));
    }

    private void attempt(Worker worker, Consumer<Worker> chore) {
        try {
            chore.accept(worker);
        } catch (StoreException e) {
            LOG.warn("The upkeep of jobs waits, because their store does not answer: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The upkeep of jobs failed; it is tried again", e);
        }
    }

    private synchronized List<Worker> all() {
        return List.copyOf(workers.values());
    }

    private void forgetPresence() {
        try {
            storage.queues().absent(name);
        } catch (StoreException e) {
            LOG.debug("It is forgotten by itself after {}", PRESENCE, e);
        }
    }
}
