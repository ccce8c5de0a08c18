package io.aipanel.http.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands {@code If-Match} (RFC 9110, section 13.1.1): the version in quotes, as {@code ETag} gives it. */
final class Versions {

    private static final Pattern OURS = Pattern.compile("\"([0-9]{1,18})\"");

    private Versions() {}

    /**
     * The version that is expected.
     *
     * @param ifMatch the header
     * @return empty if any version will do
     * @throws Refusal if it cannot be one of ours: weak tags never match, nor do other texts
     */
    static Optional<Long> expected(String ifMatch) {
        if (ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        Matcher tag = OURS.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new Refusal(
                    412, "stale-version", "If-Match must be the ETag of an earlier answer, such as \"3\", or *.");
        }
        return Optional.of(Long.parseLong(tag.group(1)));
    }
}
