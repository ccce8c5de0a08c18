package io.aipanel.postgres.settings;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link SettingsRepository} on the schema {@code panel}. */
public final class PostgresSettingsRepository implements SettingsRepository {

    private static final String SELECT = "SELECT name, value, secret, updated_at FROM panel.settings ";

    private final Database database;

    /** @param database where the statements run */
    public PostgresSettingsRepository(Database database) {
        this.database = database;
    }

    @Override
    public Optional<StoredSetting> put(StoredSetting setting) {
        return database.change(handle -> {
            // What was before is only known for sure while nobody else sets or removes it.
            AdvisoryLock.SETTING.acquire(handle, setting.name().value());
            Optional<StoredSetting> before = byName(handle, setting.name());
            handle.createUpdate("""
                            INSERT INTO panel.settings (name, value, secret, updated_at)
                            VALUES (:name, :value, :secret, :updatedAt)
                            ON CONFLICT (name) DO UPDATE
                            SET value = excluded.value, secret = excluded.secret, updated_at = excluded.updated_at
                            """)
                    .bind("name", setting.name().value())
                    .bind("value", setting.value())
                    .bind("secret", setting.secret())
                    .bind("updatedAt", setting.updatedAt())
                    .execute();
            return before;
        });
    }

    @Override
    public Optional<StoredSetting> setting(SettingName name) {
        return database.read(handle -> byName(handle, name));
    }

    @Override
    public List<StoredSetting> settings() {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY name")
                .map((row, context) -> setting(row))
                .list());
    }

    @Override
    public Optional<StoredSetting> remove(SettingName name) {
        return database.change(handle -> {
            AdvisoryLock.SETTING.acquire(handle, name.value());
            return handle.createQuery(
                            "DELETE FROM panel.settings WHERE name = :name RETURNING name, value, secret, updated_at")
                    .bind("name", name.value())
                    .map((row, context) -> setting(row))
                    .findOne();
        });
    }

    private static Optional<StoredSetting> byName(Handle handle, SettingName name) {
        return handle.createQuery(SELECT + "WHERE name = :name")
                .bind("name", name.value())
                .map((row, context) -> setting(row))
                .findOne();
    }

    private static StoredSetting setting(ResultSet row) throws SQLException {
        return new StoredSetting(
                new SettingName(row.getString("name")),
                row.getString("value"),
                row.getBoolean("secret"),
                Rows.time(row, "updated_at"));
    }
}
