package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import java.util.List;
import java.util.Optional;

/** The log of a store. It may grow meanwhile. */
final class StoredLog implements LogSource {

    private final AuditRepository audit;
    private final CheckpointRepository store;
    private final KeptCheckpoints checkpoints;
    private boolean ended;
    private long next;

    StoredLog(AuditRepository audit, CheckpointRepository store) {
        this.audit = audit;
        this.store = store;
        this.checkpoints = new KeptCheckpoints(store);
    }

    @Override
    public LogOrigins origins() {
        return store.origins();
    }

    @Override
    public List<VerifierKey> keys() {
        return store.keys();
    }

    @Override
    public LogCheckpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public LogPart first() {
        // Not from what tells the size to everybody else, which fails if it was damaged.
        long first = audit.part(0, 1).tree().first();
        LogPart part = read(first);
        // Again, if somebody has just cut off the beginning.
        return part.tree().first() == first ? part : first();
    }

    @Override
    public Optional<LogPart> next() {
        return ended ? Optional.empty() : Optional.of(read(next));
    }

    private LogPart read(long from) {
        LogPart part = audit.part(from, STRETCH);
        int events = part.events().size();
        ended = events < STRETCH;
        next = events == 0 ? from : part.events().get(events - 1).index() + 1;
        return part;
    }
}
