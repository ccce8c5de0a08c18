package io.aipanel.domain.settings;

import io.aipanel.domain.InvalidValueException;

/**
 * A setting that exists: its type, its default and whether it is secret.
 *
 * @param name unique over all settings
 * @param type how its text becomes a value
 * @param defaultText what counts while nobody has set it, as text
 * @param secret whether its value is never shown, logged or recorded
 * @param description what it is for, as one sentence
 */
public record SettingKey<T>(
        SettingName name, SettingType<T> type, String defaultText, boolean secret, String description) {

    /**
     * @throws InvalidValueException if the default is not valid
     */
    public SettingKey {
        type.parser().parse(name.value(), defaultText);
    }

    /** A key whose value everyone who may read settings sees. */
    public static <T> SettingKey<T> visible(String name, SettingType<T> type, String defaultText, String description) {
        return new SettingKey<>(new SettingName(name), type, defaultText, false, description);
    }

    /** A key whose value is never shown again. */
    public static SettingKey<String> secret(String name, String description) {
        return new SettingKey<>(new SettingName(name), SettingType.TEXT, "", true, description);
    }

    /**
     * The value of a text.
     *
     * @throws InvalidValueException if the text is not valid for this setting; the message never holds a secret
     */
    public T parse(String text) {
        return type.parser().parse(name.value(), text);
    }
}
