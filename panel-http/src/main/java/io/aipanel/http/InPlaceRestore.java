package io.aipanel.http;

import io.aipanel.domain.backup.BackupName;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.web.Restoring;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.BackupsBusy;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.backup.Restored;
import io.aipanel.service.iam.Actor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a backup behind the entrance of a server: shuts it, lets requests finish, closes the panel, restores, opens the
 * panel again, and lets requests in to that. Runs on the thread of the request that asks for it.
 */
final class InPlaceRestore implements RestoreInPlace {

    private static final Logger LOG = LoggerFactory.getLogger(InPlaceRestore.class);

    /** How long requests have to fail after their connections were ended. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final Entrance entrance;
    private final Serving serving;
    private final Opening opening;
    private final Duration grace;
    private final ReentrantLock turn = new ReentrantLock();
    private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
    private boolean stopping;

    /** @param grace how long requests that run may take to end */
    InPlaceRestore(Entrance entrance, Serving serving, Opening opening, Duration grace) {
        this.entrance = entrance;
        this.serving = serving;
        this.opening = opening;
        this.grace = grace;
    }

    @Override
    public Restored restore(Actor actor, BackupName name) {
        if (!turn.tryLock()) {
            throw new Restoring();
        }
        try {
            if (stopping) {
                throw new StoreUnavailable(StoreUnavailable.Reason.CLOSED, "the server is stopping", null);
            }
            LOG.info("Restoring backup {}: requests are refused until that is done", name);
            entrance.shut();
            Restored restored = exchange(actor, name);
            LOG.info("Restored backup {}: requests are served again", name);
            return restored;
        } finally {
            turn.unlock();
        }
    }

    private Restored exchange(Actor actor, BackupName name) {
        Restored restored;
        try {
            restored = withoutPanel(actor, name);
        } catch (RuntimeException | Error e) {
            reopen(Optional.of(e));
            throw e;
        }
        reopen(Optional.empty());
        return restored;
    }

    private Restored withoutPanel(Actor actor, BackupName name) {
        try {
            letOthersFinish();
            entrance.served().panel().close();
            return Panel.restore(opening.options(), actor, name, logged(name));
        } catch (BackupsBusy | NotFound e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RestoreFailed(name, e);
        }
    }

    private void letOthersFinish() {
        if (entrance.awaitEmpty(grace) == 0) {
            return;
        }
        entrance.cutOff();
        int left = entrance.awaitEmpty(LAST_MOMENT);
        if (left > 0) {
            LOG.warn("{} requests do not end, and will find the panel closed", left);
        }
    }

    private void reopen(Optional<Throwable> failedBefore) {
        try {
            entrance.open(serving.of(opening.open(), this));
        } catch (RuntimeException | Error e) {
            failedBefore.ifPresent(e::addSuppressed);
            lost.complete(e);
            throw new PanelLost(failedBefore.isEmpty(), e);
        }
    }

    /** Each step once. */
    private static CreateProgress logged(BackupName name) {
        AtomicReference<String> last = new AtomicReference<>("");
        return (what, done, all) -> {
            if (!what.equals(last.getAndSet(what))) {
                LOG.info("Restoring backup {}: {}", name, what);
            }
        };
    }

    /** Finishes a restore that is under way, and refuses all others. */
    void refuseFromNowOn() {
        turn.lock();
        stopping = true;
        turn.unlock();
    }

    /** Completes with the reason if the panel cannot be opened again. */
    CompletableFuture<Throwable> lost() {
        return lost.copy();
    }
}
