package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.KeptSubtrees;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Nodes and leaves of the tree out of their tables. For one transaction that sees one moment, or keeps others out. */
final class StoredTree implements KeptSubtrees.Store {

    private final Handle handle;

    private StoredTree(Handle handle) {
        this.handle = handle;
    }

    static KeptSubtrees of(Handle handle, LogTree tree) {
        return new KeptSubtrees(tree, new StoredTree(handle));
    }

    @Override
    public Optional<Hash> node(int height, long index) {
        return handle.createQuery("SELECT hash FROM audit.nodes WHERE height = :height AND index = :index")
                .bind("height", height)
                .bind("index", index)
                .mapTo(byte[].class)
                .findOne()
                .filter(hash -> hash.length == Hash.BYTES)
                .map(Hash::of);
    }

    /** Ends before an event that is missing or cannot be read: there is no leaf for it. */
    @Override
    public List<Hash> leaves(long from, long until) {
        List<StoredEvent> events = handle.createQuery(
                        EventRow.SELECT + "WHERE index >= :from AND index < :until ORDER BY index")
                .bind("from", from)
                .bind("until", until)
                .map((row, context) -> StoredRow.read(row))
                .list();
        List<Hash> leaves = new ArrayList<>(events.size());
        for (StoredEvent stored : events) {
            if (stored.event().isEmpty() || stored.index() != from + leaves.size()) {
                break;
            }
            leaves.add(EventEncoding.leaf(stored.event().get()));
        }
        return leaves;
    }
}
