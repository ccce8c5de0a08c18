package io.aipanel.sqlite.versions;

import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(ComponentRows.ComponentMapper.class)
@RegisterRowMapper(ComponentRows.ChangeMapper.class)
interface ComponentRows {

    @SqlUpdate("""
            INSERT INTO components
                (name, source, installed, candidate, policy, pin_version, pin_reason, pin_expires_at, last_checked_at)
            VALUES
                (:name, :source, :installed, :candidate, :policy, :pinVersion, :pinReason, :pinExpiresAt, :lastCheckedAt)
            ON CONFLICT (name) DO UPDATE
            SET source = excluded.source, installed = excluded.installed, candidate = excluded.candidate,
                policy = excluded.policy, pin_version = excluded.pin_version, pin_reason = excluded.pin_reason,
                pin_expires_at = excluded.pin_expires_at, last_checked_at = excluded.last_checked_at
            """)
    void save(
            String name,
            String source,
            @Nullable String installed,
            @Nullable String candidate,
            String policy,
            @Nullable String pinVersion,
            @Nullable String pinReason,
            @Nullable Long pinExpiresAt,
            @Nullable Long lastCheckedAt);

    @SqlQuery("""
            SELECT name, source, installed, candidate, policy, pin_version, pin_reason, pin_expires_at, last_checked_at
            FROM components WHERE name = :name
            """)
    Optional<Component> byName(String name);

    @SqlQuery("""
            SELECT name, source, installed, candidate, policy, pin_version, pin_reason, pin_expires_at, last_checked_at
            FROM components ORDER BY name
            """)
    List<Component> all();

    @SqlUpdate("DELETE FROM components WHERE name = :name")
    int delete(String name);

    @SqlUpdate("""
            INSERT INTO component_changes (name, at, source, installed, candidate)
            VALUES (:name, :at, :source, :installed, :candidate)
            """)
    void addChange(String name, long at, String source, @Nullable String installed, @Nullable String candidate);

    @SqlQuery("""
            SELECT number, name, at, source, installed, candidate
            FROM component_changes WHERE name = :name AND number < :before ORDER BY number DESC LIMIT :limit
            """)
    List<ComponentChange> changes(String name, long before, int limit);

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getString("source"),
                Columns.optionalText(row, "installed"),
                Columns.optionalText(row, "candidate"));
    }

    /** Reads a component. */
    final class ComponentMapper implements RowMapper<Component> {
        @Override
        public Component map(ResultSet row, StatementContext context) throws SQLException {
            String pinVersion = row.getString("pin_version");
            Optional<Pin> pin = pinVersion == null
                    ? Optional.empty()
                    : Optional.of(new Pin(
                            pinVersion, row.getString("pin_reason"), Columns.optionalTime(row, "pin_expires_at")));
            return new Component(
                    new ComponentName(row.getString("name")),
                    finding(row),
                    UpdatePolicy.valueOf(row.getString("policy").toUpperCase(Locale.ROOT)),
                    pin,
                    Columns.optionalTime(row, "last_checked_at"));
        }
    }

    /** Reads a line of the history. */
    final class ChangeMapper implements RowMapper<ComponentChange> {
        @Override
        public ComponentChange map(ResultSet row, StatementContext context) throws SQLException {
            return new ComponentChange(
                    row.getLong("number"),
                    new ComponentName(row.getString("name")),
                    Columns.time(row, "at"),
                    finding(row));
        }
    }
}
