package io.aipanel.service.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues the jobs of schedules when they are due. One thread; woken when a schedule changes, else when the next one is
 * due. What was due while nobody was there is made up for once. Of several panels on one store exactly one enqueues a run.
 */
public final class Scheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    /** A clock that is set forward is noticed after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final ScheduleRepository schedules;
    private final Storage.Subscription subscription;
    private final Thread thread;
    private boolean news;
    private boolean closing;

    /** Starts. */
    public Scheduler(Storage storage) {
        this.schedules = storage.schedules();
        this.thread = new Thread(this::run, "panel-schedules");
        this.subscription = storage.listen(Storage.Topic.SCHEDULES, this::wake);
        thread.start();
    }

    /** Stops. What becomes due from now on is made up for after the next start. */
    @Override
    public void close() {
        subscription.close();
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        if (Threads.join(thread)) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void wake() {
        news = true;
        notifyAll();
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (await(pause)) {
            try {
                pause = fireDue();
            } catch (StoreException e) {
                LOG.warn("Schedules wait, because their store does not answer: {}", e.getMessage());
                pause = PAUSE_AFTER_FAILURE;
            } catch (RuntimeException e) {
                LOG.error("Looking after schedules failed; it is tried again", e);
                pause = PAUSE_AFTER_FAILURE;
            }
        }
    }

    private synchronized boolean await(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (!closing && !news && until - System.nanoTime() > 0) {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            return false;
        }
        news = false;
        return !closing;
    }

    /** Enqueues what is due; answers how long nothing will be. */
    private Duration fireDue() {
        Instant now = schedules.now();
        Duration pause = LONGEST_SLEEP;
        for (Schedule schedule : schedules.schedules()) {
            Optional<Instant> next = schedule.nextRunAt();
            if (next.isPresent() && !next.get().isAfter(now)) {
                next = fire(schedule, next.get(), now);
            }
            if (next.isPresent()) {
                Duration left = Duration.between(now, next.get());
                pause = left.compareTo(pause) < 0 ? left : pause;
            }
        }
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    private Optional<Instant> fire(Schedule schedule, Instant due, Instant now) {
        Optional<Instant> next = next(schedule, now);
        schedules
                .fire(schedule.name(), due, next)
                .ifPresent(job -> LOG.debug("Schedule {} has enqueued job {}", schedule.name(), job.id()));
        return next;
    }

    private static Optional<Instant> next(Schedule schedule, Instant now) {
        try {
            return Cron.parse(schedule.cron()).next(now.atZone(schedule.zone())).map(ZonedDateTime::toInstant);
        } catch (InvalidValueException e) {
            // What could be read when it was stored, and can no longer be, must not hold up the others.
            LOG.error("Schedule {} never runs again: {}", schedule.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
