package io.aipanel.http.pages;

import io.aipanel.http.web.Browser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What is told once on the page that follows something that was done. It travels in a cookie, so that nothing of it stays
 * in an address; whoever makes one up only speaks to themselves.
 *
 * @param key which words
 * @param values what they are about
 */
record Notice(String key, List<String> values) {

    static final String COOKIE = "panel_notice";

    private static final String PREFIX = "notice.";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";
    private static final int MAX_LENGTH = 300;

    static Optional<Notice> of(Browser browser) {
        return browser.cookie(COOKIE).flatMap(Notice::decoded).filter(notice -> notice.key.startsWith(PREFIX));
    }

    /** The {@code Set-Cookie} that has it told. */
    String start() {
        List<String> parts = new ArrayList<>(List.of(key));
        values.forEach(value -> parts.add(value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) + "…" : value));
        byte[] bytes = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        return COOKIE + "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "; Max-Age=60"
                + ATTRIBUTES;
    }

    /** The {@code Set-Cookie} that has it forgotten. */
    static String end() {
        return COOKIE + "=; Max-Age=0" + ATTRIBUTES;
    }

    String in(Words words) {
        return words.of(key, values.toArray());
    }

    private static Optional<Notice> decoded(String cookie) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
            List<String> parts = List.of(text.split("\n", -1));
            return Optional.of(new Notice(parts.get(0), parts.subList(1, parts.size())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
