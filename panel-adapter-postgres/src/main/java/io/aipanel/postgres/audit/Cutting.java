package io.aipanel.postgres.audit;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.Proofs;
import io.aipanel.postgres.storage.AdvisoryLock;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** How the beginning of the log is cut off: first in the tree's row, then the rows of the events. */
final class Cutting {

    private Cutting() {}

    /** Cuts off and appends the event that says so. */
    static long cut(Handle handle, long first, HashedEvent event) {
        LogTree tree = TreeRow.lock(handle);
        if (first < 0 || first > tree.size()) {
            throw new IllegalArgumentException(
                    "the first event to be kept must be 0 to " + tree.size() + ", not " + first);
        }
        if (first <= tree.first()) {
            return 0;
        }
        Peaks cut = Proofs.peaks(StoredTree.of(handle, tree, first), first);
        handle.createUpdate("UPDATE audit.tree SET cut = :cut, cut_peaks = :peaks WHERE size = :size")
                .bind("cut", first)
                .bind("peaks", cut.toBytes())
                .bind("size", tree.size())
                .execute();
        Appending.append(handle, tree.peaks(), List.of(event));
        return first - tree.first();
    }

    /**
     * Drops the oldest partition if all of it was cut off and nobody has it at the moment.
     *
     * @return how many events are gone with it
     */
    static OptionalLong drop(Handle handle) {
        TreeRow.lock(handle);
        return handle.createQuery("SELECT audit.drop_partition()")
                .map((row, context) -> {
                    long removed = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(removed);
                })
                .one();
    }

    /** Removes the oldest events that were cut off. Of several who do so the others wait, so that each finds what is left. */
    static int remove(Handle handle, long max) {
        AdvisoryLock.CUT_OFF.acquire(handle, "");
        return handle.createUpdate("""
                        DELETE FROM audit.events WHERE index IN (
                            SELECT index FROM audit.events
                            WHERE index < (SELECT cut FROM audit.tree ORDER BY size DESC LIMIT 1)
                            ORDER BY index
                            LIMIT :max
                        )
                        """).bind("max", max).execute();
    }
}
