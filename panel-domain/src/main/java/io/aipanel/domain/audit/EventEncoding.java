package io.aipanel.domain.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write an event as bytes, which is what the tree over the log hashes: the same on every engine, and
 * different for different events. {@code docs/audit-format.md} describes it for others, with test vectors. An event's index
 * is not in it, because its place in the tree says it.
 */
public final class EventEncoding {

    private static final byte VERSION = 1;
    private static final byte ABSENT = 0;
    private static final byte PRESENT = 1;
    private static final int NUMBER = 4;

    private EventEncoding() {}

    /** Writes an event: numbers with the highest byte first, texts in UTF-8 after their length in bytes. */
    public static byte[] encode(NewAuditEvent event) {
        byte[] actor = utf8(event.actor());
        byte[] action = utf8(event.action());
        byte[] target = utf8(event.target());
        byte @Nullable [] address = utf8(event.address());
        byte @Nullable [] requestId = utf8(event.requestId());
        byte[] details = utf8(event.details().value());
        ByteBuffer bytes = ByteBuffer.allocate(1
                + Long.BYTES
                + length(actor)
                + length(action)
                + length(target)
                + 1
                + optionalLength(address)
                + optionalLength(requestId)
                + length(details));
        bytes.put(VERSION);
        bytes.putLong(micros(event.at()));
        put(bytes, actor);
        put(bytes, action);
        put(bytes, target);
        bytes.put(code(event.outcome()));
        putOptional(bytes, address);
        putOptional(bytes, requestId);
        put(bytes, details);
        return bytes.array();
    }

    /** The hash of the leaf that stands for an event. */
    public static Hash leaf(NewAuditEvent event) {
        return Hash.leaf(encode(event));
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private static byte code(AuditOutcome outcome) {
        return switch (outcome) {
            case SUCCESS -> 0;
            case REFUSED -> 1;
            case FAILURE -> 2;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] utf8(Optional<String> text) {
        return text.map(EventEncoding::utf8).orElse(null);
    }

    private static int length(byte[] text) {
        return NUMBER + text.length;
    }

    private static int optionalLength(byte @Nullable [] text) {
        return text == null ? 1 : 1 + length(text);
    }

    private static void put(ByteBuffer bytes, byte[] text) {
        bytes.putInt(text.length);
        bytes.put(text);
    }

    private static void putOptional(ByteBuffer bytes, byte @Nullable [] text) {
        if (text == null) {
            bytes.put(ABSENT);
        } else {
            bytes.put(PRESENT);
            put(bytes, text);
        }
    }
}
