package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Machine;
import io.aipanel.service.Threads;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the load of the panel while it is open. Each full minute it keeps what was measured, puts together what is old
 * enough and judges what follows. One thread; closing it keeps the rest of the present minute.
 */
public final class Sampler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    /** A clock that is set forward is noticed after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Measuring measuring;
    private final RollUp rollUp;
    private final StateKeeper states;
    private final Storage.Subscription subscription;
    private final Thread thread;
    private boolean closing;

    /** For the thread alone: the hour in which old samples were last looked after. */
    private Instant rolledUp = Instant.MIN;

    /**
     * Starts.
     *
     * @param notices has somebody told of a change of state, within its transaction
     */
    public Sampler(
            Storage storage,
            Changes changes,
            SettingValues settings,
            InstantSource clock,
            BiConsumer<Change, StateChange> notices) {
        this.clock = clock;
        WriteMeter writes = new WriteMeter();
        this.measuring = new Measuring(storage, writes, Machine.name(), clock.instant());
        this.rollUp = new RollUp(storage.capacity());
        this.states = new StateKeeper(storage, changes, settings, notices);
        this.subscription = storage.observeWrites(writes);
        this.thread = new Thread(this::run, "panel-capacity");
        thread.start();
    }

    /** Stops, and keeps what was measured of the present minute. */
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
        attempt(measuring::keepRest);
    }

    private void run() {
        while (await()) {
            Instant now = clock.instant();
            attempt(() -> measuring.keepMinute(now));
            attempt(() -> states.judge(now));
            attempt(() -> rollUp(now));
        }
    }

    /** Waits until a minute is over; false if it is time to end. */
    private synchronized boolean await() {
        try {
            while (!closing && !measuring.isDue(clock.instant())) {
                wait(untilNextMinute().toMillis() + 1);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closing;
    }

    private Duration untilNextMinute() {
        Instant now = clock.instant();
        Duration left = Duration.between(now, Step.MINUTE.floor(now).plus(Step.MINUTE.length()));
        return left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
    }

    private void rollUp(Instant now) {
        Instant hour = Step.HOUR.floor(now);
        if (!hour.equals(rolledUp)) {
            rollUp.run(now);
            rolledUp = hour;
        }
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            LOG.warn("Capacity is not kept at the moment, because a store does not answer: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Measuring capacity failed; it is tried again", e);
        }
    }
}
