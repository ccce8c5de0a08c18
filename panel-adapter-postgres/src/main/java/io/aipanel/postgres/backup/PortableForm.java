package io.aipanel.postgres.backup;

import io.aipanel.domain.Timestamps;
import io.aipanel.ports.backup.PortableTable.Kind;
import io.aipanel.ports.storage.StoreName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL writes what every engine has: its values as texts, and its sequences. */
final class PortableForm {

    private static final String BYTES = "\\x";

    /** As {@code DateStyle} ISO has it in the time zone UTC. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendLiteral("+00")
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    /** What counts, by what the counter is called elsewhere. */
    private static final Map<StoreName, Map<String, String>> COUNTERS = Map.of(
            StoreName.PANEL,
            Map.of(
                    "login_attempts", "login_attempts_id_seq",
                    "component_changes", "component_changes_number_seq",
                    "outbox", "outbox_seq"),
            StoreName.AUDIT,
            Map.of(),
            StoreName.QUEUE,
            Map.of("jobs", "job_ids", "event_outbox", "event_outbox_seq_seq"));

    /** What counts rows that are never removed, so that the highest number is there; by the table and the column. */
    private static final Map<String, String> COUNTING =
            Map.of("lanes.id", "lanes_id_seq", "verifier_keys.seq", "verifier_keys_seq_seq");

    private PortableForm() {}

    /** The sequences of a store, by the name of the counter. */
    static Map<String, String> counters(StoreName store) {
        return COUNTERS.getOrDefault(store, Map.of());
    }

    /** The sequence that numbers a column; null for none, or one of {@link #counters}. */
    static @Nullable String sequence(String table, String column) {
        return COUNTING.get(table + "." + column);
    }

    /**
     * Reads a value.
     *
     * @throws BrokenCopy if it is none of that kind
     */
    static Object read(String text, Kind kind) throws BrokenCopy {
        try {
            return switch (kind) {
                case NUMBER -> Long.valueOf(text);
                case REAL -> Double.valueOf(text);
                case FLAG -> flag(text);
                case TIME -> Timestamps.toEpochMicros(TIME.parse(text, Instant::from));
                case TEXT -> text;
                case BYTES -> bytes(text);
            };
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw new BrokenCopy("has the value '" + text + "' where there must be one of another kind");
        }
    }

    /** Writes a value. */
    static String write(Object value, Kind kind) {
        return switch (kind) {
            case NUMBER, REAL, TEXT -> value.toString();
            case FLAG -> (Boolean) value ? "t" : "f";
            case TIME -> TIME.format(Timestamps.ofEpochMicros((Long) value));
            case BYTES -> BYTES + HexFormat.of().formatHex((byte[]) value);
        };
    }

    private static boolean flag(String text) {
        if (text.equals("t") || text.equals("f")) {
            return text.equals("t");
        }
        throw new IllegalArgumentException();
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith(BYTES)) {
            throw new IllegalArgumentException();
        }
        return HexFormat.of().parseHex(text, BYTES.length(), text.length());
    }
}
