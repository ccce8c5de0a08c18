package io.aipanel.http.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a call.
 *
 * @param status the status
 * @param headers further headers by name
 * @param content the body; empty for none
 */
public record Reply(int status, Map<String, String> headers, Optional<Content> content) {

    /** Keeps its own copy of the headers. */
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** A body. */
    public sealed interface Content {
        /**
         * A JSON text.
         *
         * @param value a record, list or map that becomes the text
         */
        record Json(Object value) implements Content {}

        /**
         * Any other text or bytes.
         *
         * @param mediaType what it is, with its character set
         * @param bytes the bytes as they are sent; not to be changed
         */
        record Bytes(String mediaType, byte[] bytes) implements Content {}
    }

    /** 200 with a JSON body. */
    public static Reply ok(Object value) {
        return new Reply(200, Map.of(), Optional.of(new Content.Json(value)));
    }

    /** 201 with a JSON body, and where what was added can be found. */
    public static Reply created(String location, Object value) {
        return json(201, value).with("Location", location);
    }

    /** A JSON body with another status. */
    public static Reply json(int status, Object value) {
        return new Reply(status, Map.of(), Optional.of(new Content.Json(value)));
    }

    /** 200 with the items of a list that has no more pages. */
    public static Reply all(List<?> items) {
        return ok(new Listing<>(items, null));
    }

    /** 204. */
    public static Reply done() {
        return new Reply(204, Map.of(), Optional.empty());
    }

    /** 303: the browser goes on with a GET there (RFC 9110, section 15.4.4). */
    public static Reply seeOther(String location) {
        return new Reply(303, Map.of("Location", location), Optional.empty());
    }

    /** A page. */
    public static Reply page(int status, String html) {
        Content content = new Content.Bytes("text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
        return new Reply(status, Map.of(), Optional.of(content));
    }

    /** The same answer with a further header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, content);
    }

    /** The same answer with the version of what it shows, for {@code If-Match}. */
    public Reply version(long version) {
        return with("ETag", "\"" + version + "\"");
    }
}
