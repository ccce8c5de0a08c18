package io.aipanel.postgres.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.EventCount;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.InclusionProof;
import io.aipanel.domain.audit.KeptSubtrees;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.Proofs;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.storage.CombinedChanges;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Transactions;
import io.aipanel.postgres.storage.WriteTimes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** {@link AuditRepository} on the schema {@code audit}. */
public final class PostgresAuditRepository implements AuditRepository {

    private static final int MOST_EVENTS = 10_000;

    private final Transactions transactions;
    private final Database changes;
    private final WriteTimes writeTimes;
    private final CombinedChanges<Peaks, HashedEvent, AuditEvent> appends;

    /**
     * @param transactions where the statements run
     * @param writeTimes hears how long changes take
     */
    public PostgresAuditRepository(Transactions transactions, WriteTimes writeTimes) {
        this.transactions = transactions;
        this.writeTimes = writeTimes;
        this.changes = writeTimes.of(StoreName.AUDIT, transactions);
        this.appends = new CombinedChanges<>(transactions, Appending.MOST_COMBINED, new Appending());
    }

    @Override
    public List<AuditEvent> append(List<NewAuditEvent> events) {
        if (events.size() > MOST_EVENTS) {
            throw new IllegalArgumentException("at most " + MOST_EVENTS + " events at a time, not " + events.size());
        }
        return events.isEmpty()
                ? List.of()
                : writeTimes.of(StoreName.AUDIT, () -> appends.make(HashedEvent.of(events)));
    }

    @Override
    public Optional<AuditEvent> event(long index) {
        return transactions.read(handle -> handle.createQuery(EventRow.SELECT + "WHERE index = :index")
                .bind("index", index)
                .map((row, context) -> EventRow.event(row))
                .findOne());
    }

    @Override
    public Page<AuditEvent> events(AuditFilter filter, PageRequest page) {
        return transactions.read(new EventSearch(filter, page)::run);
    }

    @Override
    public List<EventCount> counts(AuditFilter filter, EventGrouping by) {
        if (filter.text().isPresent()) {
            throw new IllegalArgumentException("events are not counted by a text of their details");
        }
        return transactions.read(handle -> EventCounts.run(handle, filter, by));
    }

    @Override
    public long size() {
        return transactions.read(TreeRow::size);
    }

    @Override
    public LogTree tree() {
        return transactions.read(TreeRow::read);
    }

    @Override
    public InclusionProof inclusion(long index, long size) {
        return orDamaged(() -> transactions.snapshot(handle -> {
            LogTree tree = TreeRow.read(handle);
            if (index < tree.first() || index >= size || size > tree.size()) {
                throw new IllegalArgumentException(
                        "the index must be %d or more and below the size, and the size at most %d"
                                .formatted(tree.first(), tree.size()));
            }
            return Proofs.inclusion(StoredTree.of(handle, tree, index, size), index, size);
        }));
    }

    @Override
    public ConsistencyProof consistency(long from, long to) {
        return orDamaged(() -> transactions.snapshot(handle -> {
            LogTree tree = TreeRow.read(handle);
            if (from < Math.max(1, tree.first()) || from > to || to > tree.size()) {
                throw new IllegalArgumentException("from must be %d or more and not above to, and to at most %d"
                        .formatted(Math.max(1, tree.first()), tree.size()));
            }
            return Proofs.consistency(StoredTree.of(handle, tree, from, to), from, to);
        }));
    }

    @Override
    public LogPart part(long from, int max) {
        if (max < 1 || max > MOST_EVENTS) {
            throw new IllegalArgumentException("max must be 1 to " + MOST_EVENTS + ", not " + max);
        }
        return transactions.snapshot(handle -> Stretch.read(handle, from, max));
    }

    @Override
    public long cut(long first, NewAuditEvent event) {
        HashedEvent hashed = HashedEvent.of(List.of(event)).get(0);
        return orDamaged(() -> changes.change(handle -> Cutting.cut(handle, first, hashed)));
    }

    @Override
    public int removeCutOff(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be 1 or more, not " + max);
        }
        long removed = 0;
        OptionalLong dropped;
        do {
            dropped = changes.change(Cutting::drop);
            removed += dropped.orElse(0);
        } while (dropped.isPresent() && removed < max);
        if (removed < max) {
            // A partition that somebody reads, such as a backup, loses its rows in the meantime: the reader still sees
            // them.
            long left = max - removed;
            removed += changes.<Integer>change(handle -> Cutting.remove(handle, left));
        }
        return (int) Math.min(removed, Integer.MAX_VALUE);
    }

    private static <T> T orDamaged(Supplier<? extends T> proof) {
        try {
            return proof.get();
        } catch (KeptSubtrees.MissingHash e) {
            throw new StoreCorrupt(String.valueOf(e.getMessage()), e);
        }
    }
}
