package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;

/**
 * Takes the events into the tree that were appended before there was one. It is done once, when a file is opened for the
 * first time since then, piece by piece: whoever is killed meanwhile loses at most a piece, and several processes may be
 * at it at once.
 */
public final class EarlierEvents {

    private static final int PIECE = 10_000;

    /** The leaf of an event that is missing or cannot be read: that of no event, so that whoever checks the log finds it. */
    private static final Hash LOST = Hash.leaf(new byte[0]);

    private EarlierEvents() {}

    /** Takes in what is left to be taken in: usually nothing, which is one look at a row. */
    public static void takeIn(StoreAccess audit) {
        try {
            while (audit.read(connection -> adoptUntil(connection) > 0)) {
                audit.write(EarlierEvents::takePiece);
            }
        } catch (StoreCorrupt e) {
            // Whoever appends will hear of it; and whoever wants to check the log must be able to open it.
        }
    }

    /** Takes in the next piece. */
    static boolean takePiece(StoreConnection audit) {
        long until = adoptUntil(audit);
        Peaks before = TreeRow.peaks(audit);
        Piece piece = new Piece(before, until);
        StoredEvents.each(audit, before.size(), PIECE, piece::add);
        TreeNodes.insert(audit, piece.growth.takeCompleted());
        Peaks after = piece.growth.peaks();
        TreeRow.grow(audit, after);
        if (after.size() >= until || after.size() == before.size()) {
            return audit.change("UPDATE tree SET adopt_until = 0 WHERE only_one = 1", statement -> {}) > 0;
        }
        return true;
    }

    private static long adoptUntil(StoreConnection audit) {
        return audit.prepared("SELECT adopt_until FROM tree WHERE only_one = 1", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    /** The next events and their tree. */
    private static final class Piece {

        private final TreeGrowth growth;
        private final long until;
        private long size;

        private Piece(Peaks before, long until) {
            this.growth = new TreeGrowth(before);
            this.size = before.size();
            this.until = until;
        }

        private boolean add(StoredEvent stored) {
            if (stored.index() >= until) {
                return false;
            }
            while (size < stored.index()) {
                add(LOST);
            }
            add(stored.event().map(EventEncoding::leaf).orElse(LOST));
            return true;
        }

        private void add(Hash leaf) {
            growth.add(leaf);
            size++;
        }
    }
}
