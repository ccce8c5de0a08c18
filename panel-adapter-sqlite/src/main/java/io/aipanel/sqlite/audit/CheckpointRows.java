package io.aipanel.sqlite.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterRowMapper(CheckpointRows.Mapper.class)
interface CheckpointRows {

    @SqlUpdate("""
            INSERT INTO checkpoints (size, key_id, at, note)
            SELECT :size, :keyId, :at, :note
            WHERE NOT EXISTS (SELECT 1 FROM checkpoints WHERE size = :size AND key_id = :keyId)
            """)
    void insert(long size, int keyId, long at, String note);

    @SqlQuery("SELECT at, note FROM checkpoints ORDER BY size DESC, at DESC, key_id DESC LIMIT 1")
    Optional<KeptCheckpoint> latest();

    @SqlQuery("SELECT at, note FROM checkpoints WHERE key_id = :keyId ORDER BY size DESC LIMIT 1")
    Optional<KeptCheckpoint> latestOf(int keyId);

    @SqlQuery("SELECT at, note FROM checkpoints ORDER BY size, at, key_id LIMIT :limit")
    List<KeptCheckpoint> first(int limit);

    /** The first condition alone is one that the primary key can be entered with. */
    @SqlQuery("""
            SELECT at, note FROM checkpoints
            WHERE size >= :size AND (size, at, key_id) > (:size, :at, :keyId)
            ORDER BY size, at, key_id LIMIT :limit
            """)
    List<KeptCheckpoint> after(long size, long at, long keyId, int limit);

    /** Reads a row. */
    final class Mapper implements RowMapper<KeptCheckpoint> {
        @Override
        public KeptCheckpoint map(ResultSet row, StatementContext context) throws SQLException {
            try {
                return new KeptCheckpoint(Columns.time(row, "at"), SignedCheckpoint.parse(row.getString("note")));
            } catch (InvalidValueException e) {
                throw new StoreCorrupt(
                        "a checkpoint in audit.db was changed by other means (" + e.getMessage()
                                + "): compare with one that was kept outside",
                        e);
            }
        }
    }
}
