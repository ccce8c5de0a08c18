package io.aipanel.domain.settings;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;

/**
 * A setting that somebody has set.
 *
 * @param name which one
 * @param value its value as text, at most 4096 UTF-8 bytes
 * @param secret whether the value must not be shown
 * @param updatedAt when it was set
 */
public record StoredSetting(SettingName name, String value, boolean secret, Instant updatedAt) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if the value is too long or cannot be kept as text
     */
    public StoredSetting {
        Text.check(name.value(), value, 4096);
        updatedAt = Timestamps.micros("updatedAt", updatedAt);
    }

    @Override
    public String toString() {
        return name + "=" + (secret ? "(secret)" : value);
    }
}
