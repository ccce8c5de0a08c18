package io.aipanel.app.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the panel is served.
 *
 * @param host a name or an address, an IPv6 one without brackets
 * @param port 0 to 65535; 0 for any free one
 */
public record ListenAddress(String host, int port) {

    private static final Pattern SHAPE =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+(?:%[\\w.-]+)?)]|([^\\s:\\[\\]/]+)):([0-9]{1,5})");

    /** The address that a text such as {@code 127.0.0.1:8080} or {@code [::1]:8080} means; empty if it means none. */
    static Optional<ListenAddress> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(new ListenAddress(host, Integer.parseInt(matcher.group(3))));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
