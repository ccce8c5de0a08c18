package io.aipanel.service.audit;

import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.service.iam.Actor;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * Cuts off the beginning of the log, and removes what was cut off, piece by piece, so that nobody waits long for it. Safe for
 * use by many threads.
 */
public final class CutOff {

    private static final int PIECE = 2_000;
    private static final int STRETCH = 1_000;

    private final AuditRepository audit;
    /** At the start there may be some left from before. */
    private final AtomicBoolean wanted = new AtomicBoolean(true);

    private volatile boolean closing;

    /** For {@link io.aipanel.service.Panel}. */
    public CutOff(Storage storage) {
        this.audit = storage.audit();
    }

    /** See {@link AuditLog#cut}. */
    long cut(Actor actor, long first, Instant now) {
        LogTree tree = audit.tree();
        LogProofs.require("first", 0, tree.size(), first);
        NewAuditEvent event = new NewAuditEvent(
                now,
                actor.name(),
                "audit.cut",
                "",
                AuditOutcome.SUCCESS,
                actor.address(),
                actor.requestId(),
                Details.of("first", first)
                        .and("removed", Math.max(0, first - tree.first()))
                        .toJson());
        long removed = audit.cut(first, event);
        wanted.set(true);
        return removed;
    }

    /** See {@link AuditLog#firstSince}. Events do not stand in the order of their times, so all that would go are read. */
    long firstSince(Instant time, LogProgress progress) {
        LogTree tree = audit.tree();
        for (long from = tree.first(); from < tree.size(); from += STRETCH) {
            progress.reached(from - tree.first(), tree.size() - tree.first());
            for (StoredEvent stored : audit.part(from, STRETCH).events()) {
                NewAuditEvent event = stored.event().orElseThrow(() -> unreadable(stored));
                if (!event.at().isBefore(time)) {
                    return stored.index();
                }
            }
        }
        return tree.size();
    }

    /** Removes what there is, unless it is known that there is nothing; what is left is removed the next time. */
    public void remove() {
        remove(removed -> {});
    }

    /** The same, and says how many events it has removed so far. */
    synchronized void remove(LongConsumer progress) {
        if (!wanted.getAndSet(false)) {
            return;
        }
        boolean done = false;
        long sum = 0;
        try {
            while (!done && !closing) {
                int removed = audit.removeCutOff(PIECE);
                done = removed < PIECE;
                sum += removed;
                progress.accept(sum);
            }
        } finally {
            if (!done) {
                wanted.set(true);
            }
        }
    }

    /** Ends what is being removed after the present piece. */
    public void stop() {
        closing = true;
    }

    private static StoreCorrupt unreadable(StoredEvent stored) {
        return new StoreCorrupt(
                "event " + stored.index() + " cannot be read (" + stored.problem() + "): panel audit verify says more",
                null);
    }
}
