package io.aipanel.app.config;

import java.util.regex.Pattern;

/**
 * A value that somebody has given.
 *
 * @param key what it is for, for example {@code http.public-url}
 * @param value the text as given
 * @param origin where it came from, for people: {@code ./panel.properties, line 3}, {@code variable PANEL_LISTEN} or
 *     {@code option --listen}
 */
record Entry(String key, String value, String origin) {

    /** Whatever stands before an at sign may be a password, however wrong the rest of the URL is. */
    private static final Pattern BEFORE_AT_SIGN = Pattern.compile("^.*@", Pattern.DOTALL);

    private static final Pattern PASSWORD_OPTION = Pattern.compile("(?i)(password=)[^&]*");

    /**
     * The refusal of this value.
     *
     * @param rule what would be valid, as the end of a sentence that starts with the key
     */
    ConfigurationException refused(String rule) {
        return new ConfigurationException(key + " " + rule + " (it is '" + shown() + "', from " + origin + ")");
    }

    private String shown() {
        String visible = value;
        if (key.equals(ConfigKey.STORAGE.wireName())) {
            visible = BEFORE_AT_SIGN.matcher(visible).replaceFirst("…@");
            visible = PASSWORD_OPTION.matcher(visible).replaceAll("$1…");
        }
        if (key.equals(ConfigKey.AUDIT_ANCHOR_URL.wireName())) {
            visible = BEFORE_AT_SIGN.matcher(visible).replaceFirst("…@").replaceFirst("(?s)\\?.*", "?…");
        }
        if (key.equals(ConfigKey.CAPACITY_NOTIFY_URL.wireName())) {
            visible = HttpUrls.withoutSecrets(visible);
        }
        return visible.replaceAll("\\p{Cntrl}", "�");
    }
}
