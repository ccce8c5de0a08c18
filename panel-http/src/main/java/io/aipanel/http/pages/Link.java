package io.aipanel.http.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a page with a query, so that what is shown can be sent to somebody else.
 *
 * @param path the path, with the query so far
 */
public record Link(String path) {

    /** The same with a further parameter, unless that is empty. */
    public Link with(String name, Optional<?> value) {
        return value.map(Object::toString)
                .filter(text -> !text.isEmpty())
                .map(text -> new Link(path + (path.contains("?") ? "&" : "?") + name + "="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8)))
                .orElse(this);
    }

    /** The same with a further parameter. */
    public Link with(String name, String value) {
        return with(name, Optional.of(value));
    }

    /** A part of a path that may hold any characters. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return path;
    }
}
