package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the log every minute in which something was recorded, and brings the newest checkpoint to places outside. One
 * thread, if any. A store that does not answer only delays it.
 */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    static final Duration INTERVAL = Duration.ofMinutes(1);
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final AuditRepository audit;
    private final Optional<KeyFile> keyFile;
    private final Optional<Checkpointer> checkpointer;
    private final Anchoring anchoring;
    private final boolean automatic;
    private final InstantSource clock;
    private @Nullable Thread thread;
    private boolean closing;
    private Optional<Instant> lastLook = Optional.empty();
    private Optional<SignedCheckpoint> newest = Optional.empty();
    private String toldFailure = "";

    /** For {@link io.aipanel.service.Panel}. */
    public Checkpoints(Storage storage, AuditOptions options, InstantSource clock) {
        this.audit = storage.audit();
        this.keyFile = options.keyFile().map(KeyFile::new);
        this.checkpointer =
                keyFile.map(file -> new Checkpointer(audit, storage.checkpoints(), file, options.origin(), clock));
        this.anchoring = new Anchoring(options.anchors(), storage.checkpoints(), clock);
        this.automatic = options.automatic();
        this.clock = clock;
    }

    /**
     * Begins to make checkpoints, if they are to be made by themselves.
     *
     * @throws InvalidValueException if the key cannot be used
     */
    public void start() {
        if (automatic && checkpointer.isPresent()) {
            checkpointer.get().key();
            Thread started = new Thread(this::run, "panel-checkpoints");
            thread = started;
            started.start();
        }
    }

    /** Stops, after what is just being signed or published. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        if (thread != null && Threads.join(thread)) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Makes a checkpoint of the log as it is now, unless the latest is that, and tries to bring it to the places outside.
     *
     * @throws InvalidValueException if there is no key, or it cannot be used
     */
    KeptCheckpoint make() {
        KeptCheckpoint made = checkpointer
                .orElseThrow(() -> new InvalidValueException(
                        "audit.key", "must name a file: without a key there are no checkpoints"))
                .make();
        anchoring.publish(made.checkpoint());
        return made;
    }

    /** Where the key of this panel is; empty if it is to have none. */
    Optional<KeyFile> keyFile() {
        return keyFile;
    }

    /** The key of this panel; empty if it has none. */
    Optional<SigningKey> key() {
        return checkpointer.flatMap(Checkpointer::keyIfMade);
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (await(pause)) {
            pause = round();
        }
    }

    /** Does what is to be done now; answers how long there will be nothing. */
    Duration round() {
        try {
            lookAtLog();
            newest.ifPresent(anchoring::publish);
            toldFailure = "";
        } catch (StoreException e) {
            tellOnce(e);
            return PAUSE_AFTER_FAILURE;
        } catch (RuntimeException e) {
            LOG.error("Making a checkpoint failed; it is tried again", e);
            return INTERVAL;
        }
        Duration untilLook = untilNextLook();
        return anchoring
                .untilNextTry()
                .filter(untilTry -> untilTry.compareTo(untilLook) < 0)
                .orElse(untilLook);
    }

    /** At most once in an interval, however often places are tried again meanwhile. */
    private void lookAtLog() {
        Instant now = clock.instant();
        // A clock that was set back must not make it wait for longer than it was meant to.
        boolean isTime = lastLook.isEmpty()
                || now.isBefore(lastLook.get())
                || !now.isBefore(lastLook.get().plus(INTERVAL));
        if (isTime) {
            if (audit.size() > 0) {
                newest = Optional.of(checkpointer.orElseThrow().make().checkpoint());
            }
            lastLook = Optional.of(now);
        }
    }

    private Duration untilNextLook() {
        Instant now = clock.instant();
        return lastLook.map(last -> Duration.between(now, last.plus(INTERVAL)))
                .filter(left -> !left.isNegative() && !left.isZero() && left.compareTo(INTERVAL) < 0)
                .orElse(INTERVAL);
    }

    private void tellOnce(StoreException failure) {
        String why = String.valueOf(failure.getMessage());
        if (!why.equals(toldFailure)) {
            LOG.warn("No checkpoint can be made now; it is tried again: {}", why);
        }
        toldFailure = why;
    }

    private synchronized boolean await(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (!closing && until - System.nanoTime() > 0) {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closing;
    }
}
