package io.aipanel.sqlite.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(AnchorRows.Mapper.class)
interface AnchorRows {

    @SqlUpdate("""
            INSERT INTO anchors (name, signer, size, at, failed_at, failure)
            VALUES (:name, :signer, :size, :at, :failedAt, :failure)
            ON CONFLICT (name, signer) DO UPDATE
            SET size = excluded.size, at = excluded.at, failed_at = excluded.failed_at, failure = excluded.failure
            """)
    void put(String name, String signer, long size, @Nullable Long at, @Nullable Long failedAt, String failure);

    @SqlQuery("SELECT name, signer, size, at, failed_at, failure FROM anchors ORDER BY name, signer")
    List<AnchorState> all();

    @SqlUpdate("DELETE FROM anchors WHERE name = :name")
    void delete(String name);

    /** Reads a row. */
    final class Mapper implements RowMapper<AnchorState> {
        @Override
        public AnchorState map(ResultSet row, StatementContext context) throws SQLException {
            String name = row.getString("name");
            try {
                return new AnchorState(
                        name,
                        row.getString("signer"),
                        row.getLong("size"),
                        Columns.optionalTime(row, "at"),
                        Columns.optionalTime(row, "failed_at"),
                        row.getString("failure"));
            } catch (InvalidValueException e) {
                throw new StoreCorrupt(
                        "what audit.db says of " + name + " was changed by other means (" + e.getMessage()
                                + "): panel audit checkpoint --forget drops it",
                        e);
            }
        }
    }
}
