package io.aipanel.sqlite.settings;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
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

@RegisterRowMapper(SettingRows.Mapper.class)
interface SettingRows {

    @SqlUpdate("""
            INSERT INTO settings (name, value, secret, updated_at)
            VALUES (:name, :value, :secret, :updatedAt)
            ON CONFLICT (name) DO UPDATE
            SET value = excluded.value, secret = excluded.secret, updated_at = excluded.updated_at
            """)
    void put(String name, String value, boolean secret, long updatedAt);

    @SqlQuery("SELECT name, value, secret, updated_at FROM settings WHERE name = :name")
    Optional<StoredSetting> byName(String name);

    @SqlQuery("SELECT name, value, secret, updated_at FROM settings ORDER BY name")
    List<StoredSetting> all();

    @SqlUpdate("DELETE FROM settings WHERE name = :name")
    void delete(String name);

    /** Reads a row. */
    final class Mapper implements RowMapper<StoredSetting> {
        @Override
        public StoredSetting map(ResultSet row, StatementContext context) throws SQLException {
            return new StoredSetting(
                    new SettingName(row.getString("name")),
                    row.getString("value"),
                    row.getBoolean("secret"),
                    Columns.time(row, "updated_at"));
        }
    }
}
