package io.aipanel.sqlite.settings;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreAccess;
import java.util.List;
import java.util.Optional;

/** Settings in {@code panel.db}. */
public final class SqliteSettingsRepository implements SettingsRepository {

    private final StoreAccess panel;

    /** @param panel how to reach {@code panel.db} */
    public SqliteSettingsRepository(StoreAccess panel) {
        this.panel = panel;
    }

    @Override
    public Optional<StoredSetting> put(StoredSetting setting) {
        return panel.write(connection -> {
            SettingRows rows = connection.attach(SettingRows.class);
            Optional<StoredSetting> before = rows.byName(setting.name().value());
            rows.put(setting.name().value(), setting.value(), setting.secret(), Columns.of(setting.updatedAt()));
            return before;
        });
    }

    @Override
    public Optional<StoredSetting> setting(SettingName name) {
        return panel.read(connection -> connection.attach(SettingRows.class).byName(name.value()));
    }

    @Override
    public List<StoredSetting> settings() {
        return panel.read(connection -> connection.attach(SettingRows.class).all());
    }

    @Override
    public Optional<StoredSetting> remove(SettingName name) {
        return panel.write(connection -> {
            SettingRows rows = connection.attach(SettingRows.class);
            Optional<StoredSetting> before = rows.byName(name.value());
            rows.delete(name.value());
            return before;
        });
    }
}
