package io.aipanel.http.web;

import java.io.IOException;
import java.io.OutputStream;
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

        /**
         * Something too large to be in memory.
         *
         * @param mediaType what it is, with its character set
         * @param body writes it
         */
        record Stream(String mediaType, Body body) implements Content {}
    }

    /** Writes a body, a piece at a time, after the status and the headers. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes everything. If this fails after the first piece, the connection ends before the body does, which is how whoever
         * asked sees that it is not complete.
         *
         * @param out stays open; what is flushed is sent
         * @throws IOException if whoever asked has gone away
         */
        void writeTo(OutputStream out) throws IOException;
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

    /** 200 with a body that is written while it is sent. */
    public static Reply stream(String mediaType, Body body) {
        return new Reply(200, Map.of(), Optional.of(new Content.Stream(mediaType, body)));
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
