package io.aipanel.service.storage;

import io.aipanel.ports.storage.OutboxRelay;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Threads;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers effects as soon as they are committed. One thread, woken by commits; when a destination does not answer it
 * tries again, ever more slowly.
 */
public final class Relay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private static final int BATCH = 1_000;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    /** If nothing was delivered for so long, nothing will be soon. */
    private static final Duration STANDSTILL = Duration.ofSeconds(1);

    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final OutboxRelay outbox;
    private final Storage.Subscription subscription;
    private final Thread thread;
    private final Object lock = new Object();
    private boolean wanted = true;
    private boolean closing;
    private long rounds;
    private volatile @Nullable StoreException failure;

    /**
     * Starts delivering.
     *
     * @param storage whose effects are delivered
     */
    public Relay(Storage storage) {
        outbox = storage.outbox();
        subscription = storage.listen(Storage.Topic.OUTBOX, this::wake);
        thread = new Thread(this::run, "panel-relay");
        thread.start();
    }

    /**
     * Waits until everything that was committed before this call has been delivered.
     *
     * @param limit how long to wait at the most
     * @return whether it has been; if not, the rest is delivered later
     */
    public boolean awaitDelivery(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (outbox.waiting() > 0) {
            synchronized (lock) {
                wake();
                long round = rounds;
                while (round == rounds && !closing) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return false;
                    }
                    try {
                        lock.wait(left);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }
                if (closing) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The last delivery before closing. It is given up as soon as nothing moves any more: whoever closes a panel does not wait
     * for a store that somebody else holds, as nothing is lost.
     *
     * @param limit how long to go on at the most
     */
    public void deliverRest(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            long left = outbox.waiting();
            while (left > 0 && !awaitDelivery(STANDSTILL)) {
                long now = outbox.waiting();
                if (now >= left || System.nanoTime() >= deadline) {
                    LOG.warn(
                            "{} effects wait, because their store takes nothing at present. Nothing is lost:"
                                    + " a running server or the next start delivers them",
                            now);
                    return;
                }
                left = now;
            }
        } catch (StoreException e) {
            LOG.warn("What was done is kept, but delivered only after the next start: {}", e.getMessage());
        }
    }

    /** Why effects wait; empty if the last try to deliver them has succeeded. */
    Optional<StoreException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Begins no further delivery, and gives the one under way a moment to end. If it waits for a store that somebody holds, it
     * goes on until the storage is closed.
     */
    public void stop() {
        subscription.close();
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        try {
            thread.join(LAST_MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of the last delivery, after the storage was closed. What waits is delivered after the next start. */
    @Override
    public void close() {
        if (Threads.join(thread)) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        synchronized (lock) {
            wanted = true;
            lock.notifyAll();
        }
    }

    private void run() {
        long pause = 0;
        while (await(pause)) {
            try {
                deliver();
                if (failure != null) {
                    LOG.info("Effects are delivered again");
                }
                failure = null;
                pause = 0;
            } catch (StoreException e) {
                if (failure == null && !isClosing()) {
                    LOG.warn("Effects wait, because their store does not take them: {}", e.getMessage());
                }
                failure = e;
                pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, pause * 2));
            } catch (RuntimeException e) {
                LOG.error("Delivering effects failed; it is tried again", e);
                pause = LONGEST_PAUSE_MILLIS;
            }
            synchronized (lock) {
                rounds++;
                lock.notifyAll();
            }
        }
    }

    /** Waits for work, or for the pause after a failure to end; answers whether to go on. */
    private boolean await(long pauseMillis) {
        long until = System.nanoTime() + pauseMillis * 1_000_000;
        synchronized (lock) {
            try {
                while (!closing && (pauseMillis > 0 ? System.nanoTime() < until : !wanted)) {
                    lock.wait(pauseMillis > 0 ? Math.max(1, (until - System.nanoTime()) / 1_000_000) : 0);
                }
            } catch (InterruptedException e) {
                closing = true;
            }
            wanted = false;
            return !closing;
        }
    }

    private boolean isClosing() {
        synchronized (lock) {
            return closing;
        }
    }

    private void deliver() {
        OutboxRelay.Relayed relayed;
        do {
            relayed = outbox.relay(BATCH);
            for (OutboxRelay.SetAside effect : relayed.setAside()) {
                LOG.error("Effect {} was refused by its store and set aside: {}", effect.id(), effect.reason());
            }
        } while (relayed.moved() + relayed.setAside().size() > 0);
    }
}
