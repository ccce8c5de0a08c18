package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.postgres.storage.Columns;
import io.aipanel.postgres.storage.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes events into the tree that were appended before there was one, once. In pieces: whatever ends it in between, the
 * next one who opens the storage goes on, and several may do it at once.
 */
public final class Adoption {

    private static final int PIECE = 10_000;

    private final Database database;
    private final int piece;

    /** @param database where the statements run */
    public Adoption(Database database) {
        this(database, PIECE);
    }

    Adoption(Database database, int piece) {
        this.database = database;
        this.piece = piece;
    }

    /**
     * Returns when every event of old is in the tree.
     *
     * @throws StoreCorrupt if one is missing or cannot be read
     */
    public void run() {
        if (database.<Boolean>read(handle -> until(handle) > 0)) {
            while (adopt()) {
                // one transaction a piece
            }
        }
    }

    /** Takes in one piece; whether there is more. */
    boolean adopt() {
        return database.change(handle -> {
            Peaks before = TreeRow.lock(handle).peaks();
            long until = until(handle);
            if (before.size() >= until) {
                return false;
            }
            List<StoredEvent> events = handle.createQuery(
                            EventRow.SELECT + "WHERE index >= :size AND index < :until ORDER BY index LIMIT :piece")
                    .bind("size", before.size())
                    .bind("until", until)
                    .bind("piece", piece)
                    .map((row, context) -> StoredRow.read(row))
                    .list();
            if (events.isEmpty()) {
                throw missing(before.size());
            }
            TreeGrowth growth = new TreeGrowth(before);
            for (StoredEvent stored : events) {
                long index = growth.peaks().size();
                if (stored.index() != index) {
                    throw missing(index);
                }
                growth.add(EventEncoding.leaf(
                        stored.event().orElseThrow(() -> damaged(index, "cannot be read (" + stored.problem() + ")"))));
            }
            return keep(handle, before, growth, until);
        });
    }

    private static boolean keep(Handle handle, Peaks before, TreeGrowth growth, long until) {
        List<TreeNode> completed = growth.takeCompleted();
        Peaks after = growth.peaks();
        boolean isMore = after.size() < until;
        handle.createUpdate("""
                        WITH completed AS (
                            INSERT INTO audit.nodes (height, index, hash) SELECT * FROM unnest(:heights, :indexes, :hashes)
                        )
                        UPDATE audit.tree SET size = :size, peaks = :peaks, adopt_until = :until WHERE size = :before
                        """)
                .bind("heights", Columns.integers(completed, TreeNode::height))
                .bind("indexes", Columns.longs(completed, TreeNode::index))
                .bind("hashes", Columns.bytes(completed, node -> node.hash().toBytes()))
                .bind("size", after.size())
                .bind("peaks", after.toBytes())
                .bind("until", isMore ? until : 0)
                .bind("before", before.size())
                .execute();
        return isMore;
    }

    private static long until(Handle handle) {
        return handle.createQuery("SELECT adopt_until FROM audit.tree ORDER BY size DESC LIMIT 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static StoreCorrupt missing(long index) {
        return damaged(index, "is missing");
    }

    private static StoreCorrupt damaged(long index, String what) {
        return new StoreCorrupt(
                "event " + index + " of the audit log " + what
                        + ", so that the log cannot be taken into a tree that proves it: restore a backup",
                null);
    }
}
