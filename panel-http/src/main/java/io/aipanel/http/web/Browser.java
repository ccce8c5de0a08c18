package io.aipanel.http.web;

import java.util.Map;
import java.util.Optional;

/**
 * What a browser sends besides what it asks for. Anybody can make it up: it says how an answer is shown, never what is
 * in it.
 *
 * @param target the path and the query as they came, for example {@code /jobs?state=pending}
 * @param languages the header {@code Accept-Language}; may be empty
 * @param cookies the cookies by name
 * @param replacesPart whether a script asks, which replaces a part of the page that is shown
 */
public record Browser(String target, String languages, Map<String, String> cookies, boolean replacesPart) {

    /** Keeps its own copy of the cookies. */
    public Browser {
        cookies = Map.copyOf(cookies);
    }

    /** A cookie; empty if it is not there. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** The path without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
