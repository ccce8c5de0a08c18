package io.aipanel.postgres.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The names that the log has had. */
public final class OriginRows {

    private OriginRows() {}

    /** All of them. */
    static LogOrigins all(Handle handle) {
        try {
            List<LogOrigin> rows = handle.createQuery("SELECT name, from_size FROM audit.origins ORDER BY seq")
                    .map((row, context) -> new LogOrigin(row.getString("name"), row.getLong("from_size")))
                    .list();
            return new LogOrigins(rows);
        } catch (InvalidValueException e) {
            throw new StoreCorrupt(
                    "what audit.origins says of the log's names was changed by other means (" + e.getMessage()
                            + "): compare with a checkpoint that was kept outside",
                    e);
        }
    }

    /** The present name, which is the given one if there was none. */
    static LogOrigin first(Handle handle, String name) {
        // Keeps others from naming it at the same time.
        TreeRow.lockedSize(handle);
        LogOrigins before = all(handle);
        return before.current().orElseGet(() -> insert(handle, before, name, 0));
    }

    /**
     * Gives the log another name, as {@link io.aipanel.ports.audit.CheckpointRepository#beginOrigin} has it, in the
     * transaction that is under way. Until that ends, whoever appends waits.
     *
     * @param handle where the transaction is
     * @param name as {@link io.aipanel.domain.audit.Checkpoint} wants it
     * @throws AlreadyExists if the log has the name, or had it before
     */
    public static LogOrigin begin(Handle handle, String name) {
        long size = TreeRow.lockedSize(handle);
        LogOrigins before = all(handle);
        if (before.named(name).isPresent()) {
            throw new AlreadyExists("origin", "the audit log has, or had, the name " + name, null);
        }
        return insert(handle, before, name, size);
    }

    private static LogOrigin insert(Handle handle, LogOrigins before, String name, long size) {
        LogOrigin begun = new LogOrigin(name, before.all().isEmpty() ? 0 : size);
        handle.createUpdate("INSERT INTO audit.origins (seq, name, from_size) VALUES (:seq, :name, :from)")
                .bind("seq", before.all().size() + 1)
                .bind("name", begun.name())
                .bind("from", begun.from())
                .execute();
        return begun;
    }
}
