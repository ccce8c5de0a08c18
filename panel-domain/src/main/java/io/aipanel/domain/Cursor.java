package io.aipanel.domain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * A place in a list: the sort key of the last item that was seen, as text parts. Its {@linkplain #encode() encoded
 * form} is opaque to clients and means the same on every engine, so that it survives a move between them.
 *
 * @param parts the sort key, most significant part first; one to four parts
 */
public record Cursor(List<String> parts) {

    /**
     * @throws InvalidValueException if there are no parts, too many, or one cannot be kept as text
     */
    public Cursor {
        if (parts.isEmpty() || parts.size() > 4) {
            throw invalid();
        }
        parts = List.copyOf(parts);
        parts.forEach(part -> Text.check("cursor", part, Text.INDEXED_BYTES));
    }

    /** A cursor from the parts of a sort key. */
    public static Cursor of(String... parts) {
        return new Cursor(List.of(parts));
    }

    /** The opaque form for clients: URL-safe text without padding. */
    public String encode() {
        byte[] joined = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined);
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws InvalidValueException if the text was not made by {@link #encode()}
     */
    public static Cursor decode(String encoded) {
        try {
            String joined = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                    .toString();
            Cursor cursor = new Cursor(List.of(joined.split("\0", -1)));
            // Base64 has several spellings of the same bytes; only the one that was handed out counts.
            if (cursor.encode().equals(encoded)) {
                return cursor;
            }
            throw invalid();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
    }

    /**
     * This cursor, if its key has so many parts.
     *
     * @throws InvalidValueException if it has more or fewer, which means that the cursor belongs to another list
     */
    public Cursor ofSize(int size) {
        if (parts.size() != size) {
            throw invalid();
        }
        return this;
    }

    /**
     * The part at a position, read as a value.
     *
     * @param parser turns a valid text into a value and refuses every other with an {@link IllegalArgumentException}
     * @throws InvalidValueException if there is no such part or the parser refuses it, which means that the cursor
     *     belongs to another list
     */
    public <T> T value(int position, Function<? super String, ? extends T> parser) {
        String part = text(position);
        try {
            return parser.apply(part);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /**
     * The part at a position, read as a whole number.
     *
     * @throws InvalidValueException if there is no such part or it is not a number, which means that the cursor
     *     belongs to another list
     */
    public long number(int position) {
        return value(position, Long::parseLong);
    }

    /**
     * The part at a position, read as the microseconds of a time that stores can hold.
     *
     * @throws InvalidValueException if there is no such part or it is no such time, which means that the cursor belongs
     *     to another list
     */
    public Instant time(int position) {
        return value(position, text -> Timestamps.micros("cursor", Timestamps.ofEpochMicros(Long.parseLong(text))));
    }

    /**
     * The part at a position.
     *
     * @throws InvalidValueException if there is no such part, which means that the cursor belongs to another list
     */
    public String text(int position) {
        if (position >= parts.size()) {
            throw invalid();
        }
        return parts.get(position);
    }

    private static InvalidValueException invalid() {
        return new InvalidValueException("cursor", "must be the nextCursor of an earlier page of the same list");
    }
}
