package io.aipanel.http.settings;

import io.aipanel.http.pages.Words;
import io.aipanel.service.settings.SettingView;
import java.time.Instant;
import java.util.Optional;

/**
 * What pages show of a setting.
 *
 * @param type how its value is written, for example {@code duration}
 * @param value its present value; empty if it is secret
 * @param meaning what it is for
 * @param changedAt when it was set; empty if the default counts
 */
record SettingPage(
        String name,
        String type,
        Optional<String> value,
        String defaultValue,
        String meaning,
        boolean isSecret,
        Optional<Instant> changedAt) {

    /** Those of the panel itself are told in the language of whoever looks; a program that embeds it says its own. */
    static SettingPage of(SettingView setting, Words words) {
        String name = setting.key().name().value();
        boolean isList = setting.key().type().name().equals("list");
        return new SettingPage(
                name,
                setting.key().type().name(),
                setting.value().map(value -> isList ? spaced(value) : value),
                isList ? spaced(setting.key().defaultText()) : setting.key().defaultText(),
                words.find("setting." + name).orElse(setting.key().description()),
                setting.key().secret(),
                setting.updatedAt());
    }

    /** So that a long list has places to break; the spaces mean nothing. */
    private static String spaced(String list) {
        return list.replaceAll(",(?! )", ", ");
    }

    /** Where its page is. */
    String path() {
        return "/settings/" + name;
    }
}
