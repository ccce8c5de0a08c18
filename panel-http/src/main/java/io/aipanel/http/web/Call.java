package io.aipanel.http.web;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.service.NotFound;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.Authenticated;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that was let through to its route.
 *
 * @param actor who asks, with address and request id; anonymous on routes that everybody may call
 * @param authenticated who is signed in; empty on routes that everybody may call
 * @param path the path parameters by name
 * @param query the query parameters by name, the first value of each
 * @param body what the request carries
 * @param ifMatch the header {@code If-Match}; empty if there is none
 * @param agent what the browser calls itself; may be empty
 * @param accept the header {@code Accept}; may be empty
 * @param browser how the answer may be shown
 */
public record Call(
        Actor actor,
        Optional<Authenticated> authenticated,
        Map<String, String> path,
        Map<String, String> query,
        Body body,
        Optional<String> ifMatch,
        String agent,
        String accept,
        Browser browser) {

    private static final int DEFAULT_LIMIT = 100;

    /** Who is signed in; only on routes that need it. */
    public Authenticated signedIn() {
        return authenticated.orElseThrow(() -> new IllegalStateException("the route lets everybody in"));
    }

    /**
     * A path parameter as a value.
     *
     * @param what what it names, for example {@code site}
     * @throws NotFound if it cannot be one, because then there is none of that name
     */
    public <T> T id(String name, String what, Function<String, ? extends T> parser) {
        String text = path.getOrDefault(name, "");
        try {
            return parser.apply(text);
        } catch (InvalidValueException e) {
            throw new NotFound(what + " " + Text.truncated(text, 100));
        }
    }

    /** A query parameter; empty if it is not there. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /**
     * A query parameter as a value; empty if it is not there.
     *
     * @throws InvalidValueException if the parser refuses it
     */
    public <T> Optional<T> query(String name, Function<String, ? extends T> parser) {
        return query(name).map(text -> Fields.parse(name, text, parser));
    }

    /** Whether an answer of another kind than JSON is wanted: one that the request names, when it names no JSON. */
    public boolean prefers(String mediaType) {
        return accept.contains(mediaType) && !accept.contains("application/json");
    }

    /**
     * The version that {@code If-Match} asks for; empty for any.
     *
     * @throws Refusal if it cannot be the {@code ETag} of an earlier answer
     */
    public Optional<Long> expectedVersion() {
        return ifMatch.flatMap(Versions::expected);
    }

    /**
     * Which part of a list is wanted.
     *
     * @throws InvalidValueException if {@code limit} or {@code cursor} is not valid
     */
    public PageRequest page() {
        return new PageRequest(
                query("limit", Fields::number).orElse(DEFAULT_LIMIT),
                query("cursor").map(Cursor::decode));
    }
}
