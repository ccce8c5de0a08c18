package io.aipanel.service.settings;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.storage.Changes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows and changes settings. Safe for use by many threads. */
public final class Settings {

    private final Map<SettingName, SettingKey<?>> keys = new TreeMap<>();
    private final SettingsRepository repository;
    private final SettingValues values;
    private final Changes changes;
    private final Access access;

    /**
     * For {@link io.aipanel.service.Panel}.
     *
     * @throws IllegalArgumentException if two keys have the same name
     */
    public Settings(
            Collection<SettingKey<?>> keys,
            SettingsRepository repository,
            SettingValues values,
            Changes changes,
            Access access) {
        for (SettingKey<?> key : keys) {
            if (this.keys.put(key.name(), key) != null) {
                throw new IllegalArgumentException("there are two settings named " + key.name());
            }
        }
        this.repository = repository;
        this.values = values;
        this.changes = changes;
        this.access = access;
    }

    /** The value of a setting, for the program itself. */
    public <T> T value(SettingKey<T> key) {
        return values.value(key);
    }

    /**
     * Every setting there is, by name.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#SETTINGS_READ}
     */
    public List<SettingView> list(Actor actor) {
        access.require(actor, Permission.SETTINGS_READ, "settings.list");
        Map<SettingName, StoredSetting> stored = new TreeMap<>();
        repository.settings().forEach(setting -> stored.put(setting.name(), setting));
        return keys.values().stream()
                .map(key -> view(key, Optional.ofNullable(stored.get(key.name()))))
                .toList();
    }

    /**
     * One setting.
     *
     * @throws NotFound if there is no setting of that name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#SETTINGS_READ}
     */
    public SettingView show(Actor actor, SettingName name) {
        access.require(actor, Permission.SETTINGS_READ, "settings.show");
        return view(key(name), repository.setting(name));
    }

    /**
     * Sets a setting. The old value is kept in the audit event, unless it is secret.
     *
     * @param text the value as text
     * @return the setting as it is shown from now on
     * @throws io.aipanel.domain.InvalidValueException if the text is not valid for the setting
     * @throws NotFound if there is no setting of that name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#SETTINGS_WRITE}
     */
    public SettingView set(Actor actor, SettingName name, String text) {
        access.require(actor, Permission.SETTINGS_WRITE, "setting.set");
        SettingKey<?> key = key(name);
        key.parse(text);
        StoredSetting changed = changes.<StoredSetting>make(actor, change -> {
            StoredSetting setting = new StoredSetting(name, text, key.secret(), change.now());
            Optional<StoredSetting> before = change.settings().put(setting);
            change.record("setting.set", "setting:" + name, details(key, before).and("after", shown(key, text)));
            return setting;
        });
        values.changed();
        return view(key, Optional.of(changed));
    }

    /**
     * Takes a setting back to its default.
     *
     * @return the setting as it is shown from now on
     * @throws NotFound if there is no setting of that name
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#SETTINGS_WRITE}
     */
    public SettingView reset(Actor actor, SettingName name) {
        access.require(actor, Permission.SETTINGS_WRITE, "setting.reset");
        SettingKey<?> key = key(name);
        changes.make(actor, change -> {
            Optional<StoredSetting> before = change.settings().remove(name);
            if (before.isPresent()) {
                change.record("setting.reset", "setting:" + name, details(key, before));
            }
            return null;
        });
        values.changed();
        return view(key, Optional.empty());
    }

    private SettingKey<?> key(SettingName name) {
        SettingKey<?> key = keys.get(name);
        if (key == null) {
            throw new NotFound("setting " + name);
        }
        return key;
    }

    private static Details details(SettingKey<?> key, Optional<StoredSetting> before) {
        return Details.none().and("before", before.map(setting -> shown(key, setting.value())));
    }

    private static String shown(SettingKey<?> key, String text) {
        return key.secret() ? "(secret)" : text;
    }

    private static SettingView view(SettingKey<?> key, Optional<StoredSetting> stored) {
        String text = stored.map(StoredSetting::value).orElse(key.defaultText());
        return new SettingView(
                key,
                key.secret() ? Optional.empty() : Optional.of(text),
                stored.isPresent(),
                stored.map(StoredSetting::updatedAt));
    }
}
