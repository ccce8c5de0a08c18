package io.aipanel.sqlite.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.ports.storage.StoreCorrupt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The names that the log has had. */
@RegisterRowMapper(OriginRows.Mapper.class)
interface OriginRows {

    @SqlUpdate("INSERT INTO origins (seq, name, from_size) VALUES (:seq, :name, :from)")
    void insert(int seq, String name, long from);

    @SqlQuery("SELECT name, from_size FROM origins ORDER BY seq")
    List<LogOrigin> rows();

    /** All of them. */
    default LogOrigins all() {
        List<LogOrigin> rows = rows();
        try {
            return new LogOrigins(rows);
        } catch (InvalidValueException e) {
            throw changed(e);
        }
    }

    /** Adds the one that begins when the log has so many events, or the first one. */
    default LogOrigin begin(String name, long size) {
        List<LogOrigin> before = all().all();
        LogOrigin begun = new LogOrigin(name, before.isEmpty() ? 0 : size);
        insert(before.size() + 1, begun.name(), begun.from());
        return begun;
    }

    private static StoreCorrupt changed(InvalidValueException why) {
        return new StoreCorrupt(
                "what audit.db says of the log's names was changed by other means (" + why.getMessage()
                        + "): compare with a checkpoint that was kept outside",
                why);
    }

    /** Reads a row. */
    final class Mapper implements RowMapper<LogOrigin> {
        @Override
        public LogOrigin map(ResultSet row, StatementContext context) throws SQLException {
            try {
                return new LogOrigin(row.getString("name"), row.getLong("from_size"));
            } catch (InvalidValueException e) {
                throw changed(e);
            }
        }
    }
}
