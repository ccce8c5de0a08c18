package io.aipanel.postgres.versions;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentChange;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.domain.versions.Pin;
import io.aipanel.domain.versions.UpdatePolicy;
import io.aipanel.ports.versions.VersionRepository;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link VersionRepository} on the schema {@code panel}. */
public final class PostgresVersionRepository implements VersionRepository {

    private static final String SELECT = """
            SELECT name, source, installed, candidate, policy, pin_version, pin_reason, pin_expires_at, last_checked_at
            FROM panel.components
            """;

    private final Database database;

    /** @param database where the statements run */
    public PostgresVersionRepository(Database database) {
        this.database = database;
    }

    @Override
    public void save(Component component) {
        Optional<Pin> pin = component.pin();
        database.change(handle -> handle.createUpdate("""
                        INSERT INTO panel.components
                            (name, source, installed, candidate, policy,
                             pin_version, pin_reason, pin_expires_at, last_checked_at)
                        VALUES (:name, :source, :installed, :candidate, :policy,
                                :pinVersion, :pinReason, :pinExpiresAt, :lastCheckedAt)
                        ON CONFLICT (name) DO UPDATE
                        SET source = excluded.source, installed = excluded.installed, candidate = excluded.candidate,
                            policy = excluded.policy, pin_version = excluded.pin_version,
                            pin_reason = excluded.pin_reason, pin_expires_at = excluded.pin_expires_at,
                            last_checked_at = excluded.last_checked_at
                        """)
                .bind("name", component.name().value())
                .bind("source", component.finding().source())
                .bind("installed", component.finding().installed())
                .bind("candidate", component.finding().candidate())
                .bind("policy", Rows.nameOf(component.policy()))
                .bind("pinVersion", pin.map(Pin::version))
                .bind("pinReason", pin.map(Pin::reason))
                .bind("pinExpiresAt", pin.flatMap(Pin::expiresAt))
                .bind("lastCheckedAt", component.lastCheckedAt())
                .execute());
    }

    @Override
    public Optional<Component> component(ComponentName name) {
        // A lock on the row would not stop two transactions that both find no row.
        return database.isShared()
                ? database.change(handle -> {
                    AdvisoryLock.COMPONENT.acquire(handle, name.value());
                    return byName(handle, name);
                })
                : database.read(handle -> byName(handle, name));
    }

    @Override
    public List<Component> components() {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY name")
                .map((row, context) -> component(row))
                .list());
    }

    @Override
    public boolean remove(ComponentName name) {
        return database.change(handle -> handle.createUpdate("DELETE FROM panel.components WHERE name = :name")
                        .bind("name", name.value())
                        .execute()
                > 0);
    }

    @Override
    public void addChange(ComponentName name, Instant at, Finding finding) {
        database.change(handle -> handle.createUpdate("""
                        INSERT INTO panel.component_changes (name, at, source, installed, candidate)
                        VALUES (:name, :at, :source, :installed, :candidate)
                        """)
                .bind("name", name.value())
                .bind("at", at)
                .bind("source", finding.source())
                .bind("installed", finding.installed())
                .bind("candidate", finding.candidate())
                .execute());
    }

    @Override
    public Page<ComponentChange> changes(ComponentName name, PageRequest page) {
        long before = page.after().map(cursor -> cursor.ofSize(1).number(0)).orElse(Long.MAX_VALUE);
        List<ComponentChange> found = database.read(handle -> handle.createQuery("""
                        SELECT number, name, at, source, installed, candidate
                        FROM panel.component_changes
                        WHERE name = :name AND number < :before
                        ORDER BY number DESC
                        LIMIT :limit
                        """)
                .bind("name", name.value())
                .bind("before", before)
                .bind("limit", page.limit() + 1)
                .map((row, context) -> new ComponentChange(
                        row.getLong("number"),
                        new ComponentName(row.getString("name")),
                        Rows.time(row, "at"),
                        finding(row)))
                .list());
        return Page.of(found, page.limit(), last -> Cursor.of(Long.toString(last.number())));
    }

    private static Optional<Component> byName(Handle handle, ComponentName name) {
        return handle.createQuery(SELECT + "WHERE name = :name")
                .bind("name", name.value())
                .map((row, context) -> component(row))
                .findOne();
    }

    private static Component component(ResultSet row) throws SQLException {
        Optional<String> pinVersion = Rows.optionalText(row, "pin_version");
        String pinReason = row.getString("pin_reason");
        Optional<Instant> pinExpiresAt = Rows.optionalTime(row, "pin_expires_at");
        return new Component(
                new ComponentName(row.getString("name")),
                finding(row),
                Rows.constant(row, "policy", UpdatePolicy.class),
                pinVersion.map(version -> new Pin(version, pinReason, pinExpiresAt)),
                Rows.optionalTime(row, "last_checked_at"));
    }

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getString("source"), Rows.optionalText(row, "installed"), Rows.optionalText(row, "candidate"));
    }
}
