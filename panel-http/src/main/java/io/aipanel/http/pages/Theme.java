package io.aipanel.http.pages;

import io.aipanel.http.web.Browser;
import io.aipanel.http.web.WireNames;
import java.util.Optional;
import java.util.stream.Stream;

/** Which colours pages have. */
enum Theme {
    /** What the machine prefers. */
    SYSTEM,
    LIGHT,
    DARK;

    /** The cookie that keeps it. */
    static final String COOKIE = "panel_theme";

    static Theme of(Browser browser) {
        return named(browser.cookie(COOKIE).orElse("")).orElse(SYSTEM);
    }

    static Optional<Theme> named(String name) {
        return Stream.of(values())
                .filter(theme -> WireNames.of(theme).equals(name))
                .findFirst();
    }
}
