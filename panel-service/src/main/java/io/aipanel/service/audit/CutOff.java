package io.aipanel.service.audit;

import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.Storage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Removes the events that were cut off, piece by piece, so that nobody waits long for it. Safe for use by many threads. */
public final class CutOff {

    private static final int PIECE = 2_000;

    private final AuditRepository audit;
    /** At the start there may be some left from before. */
    private final AtomicBoolean wanted = new AtomicBoolean(true);

    private volatile boolean closing;

    /** For {@link io.aipanel.service.Panel}. */
    public CutOff(Storage storage) {
        this.audit = storage.audit();
    }

    /** There is something to remove now. */
    void want() {
        wanted.set(true);
    }

    /** Removes what there is, unless it is known that there is nothing; what is left is removed the next time. */
    public synchronized void remove() {
        if (!wanted.getAndSet(false)) {
            return;
        }
        boolean done = false;
        try {
            while (!done && !closing) {
                done = audit.removeCutOff(PIECE) < PIECE;
            }
        } finally {
            if (!done) {
                want();
            }
        }
    }

    /** Ends what is being removed after the present piece. */
    public void stop() {
        closing = true;
    }
}
