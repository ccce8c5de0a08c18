package io.aipanel.ports.settings;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import java.util.List;
import java.util.Optional;

/**
 * The settings that somebody has set.
 *
 * <p>Taken from a storage, each method is one transaction; taken from a transaction, it is part of that. Safe for use by
 * many threads in the first case, bound to the transaction's thread in the second.
 */
public interface SettingsRepository {

    /**
     * Sets a setting.
     *
     * @return what it was before; empty if nobody had set it
     */
    Optional<StoredSetting> put(StoredSetting setting);

    /** The setting with a name; empty if nobody has set it. */
    Optional<StoredSetting> setting(SettingName name);

    /** Every setting that somebody has set, by name in code point order. */
    List<StoredSetting> settings();

    /**
     * Takes a setting back to its default.
     *
     * @return what it was before; empty if nobody had set it
     */
    Optional<StoredSetting> remove(SettingName name);
}
