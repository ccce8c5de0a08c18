package io.aipanel.postgres.backup;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a copy that are not rows. A copy is UTF-8 text in lines that end in a line feed:
 *
 * <pre>
 * -- panel copy, format 1
 * -- store: audit
 * -- schema: 0005-questions
 * -- at: 2026-01-15T10:00:00.123456Z
 * -- server: PostgreSQL 18.0
 * SET client_encoding = 'UTF8';
 * COPY audit.delivered (effect_id) FROM stdin;
 * (a line for each row, its values in PostgreSQL's text format with tabs between them)
 * \.
 * SELECT pg_catalog.setval('audit.verifier_keys_seq_seq', 7, true);
 * -- end: 1 tables, 0 rows, crc32c 0a1b2c3d
 * </pre>
 *
 * <p>Tables come after those that they refer to. The checksum is of every byte before its own line.
 */
final class CopyFormat {

    /** The newest form of these files that this program knows, and the one that it writes. */
    static final int FORMAT = 1;

    static final String STORE = "-- store: ";
    static final String SCHEMA = "-- schema: ";
    static final String AT = "-- at: ";
    static final String SERVER = "-- server: ";
    static final String ENCODING = "SET client_encoding = 'UTF8';";
    static final String END_OF_ROWS = "\\.";
    static final String END = "-- end: ";
    static final String SEQUENCE = "SELECT pg_catalog.setval(";

    /** The table that says how a schema came about. */
    static final String CHANGES = "databasechangelog";

    private static final String FIRST = "-- panel copy, format ";
    private static final Pattern FIRST_LINE = Pattern.compile(FIRST + "(\\d{1,9})");
    private static final Pattern TABLE = Pattern.compile("COPY ([a-z_]+)\\.([a-z0-9_]+) \\((.+)\\) FROM stdin;");

    private static final Pattern SET_SEQUENCE =
            Pattern.compile(Pattern.quote(SEQUENCE) + "'([a-z_]+)\\.([a-z0-9_]+)', (\\d{1,18}), (true|false)\\);");

    private CopyFormat() {}

    /** The first line. */
    static String first() {
        return FIRST + FORMAT;
    }

    /** The format that a first line names; empty if it is not the first line of a copy. */
    static Optional<Integer> format(String line) {
        Matcher matcher = FIRST_LINE.matcher(line);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** The line before the rows of a table. */
    static String table(String schema, String table, List<String> columns) {
        return "COPY " + schema + "." + table + " (" + String.join(", ", columns) + ") FROM stdin;";
    }

    /** What is told by the line before the rows of a table; empty if it is another line. */
    static Optional<TableLine> table(String line) {
        Matcher matcher = TABLE.matcher(line);
        return matcher.matches()
                ? Optional.of(new TableLine(
                        matcher.group(1),
                        matcher.group(2),
                        List.of(matcher.group(3).split(", "))))
                : Optional.empty();
    }

    /** The line that sets a sequence. */
    static String sequence(String schema, String name, long value, boolean isCalled) {
        return SEQUENCE + "'" + schema + "." + name + "', " + value + ", " + isCalled + ");";
    }

    /** What is told by the line that sets a sequence; empty if it is another line. */
    static Optional<SequenceLine> sequence(String line) {
        Matcher matcher = SET_SEQUENCE.matcher(line);
        return matcher.matches()
                ? Optional.of(new SequenceLine(
                        matcher.group(1),
                        matcher.group(2),
                        Long.parseLong(matcher.group(3)),
                        Boolean.parseBoolean(matcher.group(4))))
                : Optional.empty();
    }

    /** The name behind a name as SQL has it: which ones are in quotes depends on the version of the server. */
    static String unquoted(String name) {
        return name.startsWith("\"") && name.endsWith("\"") && name.length() > 2
                ? name.substring(1, name.length() - 1)
                : name;
    }

    /** A name of the panel's as every version of the server understands it: those from 16 on have reserved one of them. */
    static String quoted(String name) {
        return name.equals("system_user") ? '"' + name + '"' : name;
    }

    /** The last line. */
    static String end(int tables, long rows, int checksum) {
        return END + tables + " tables, " + rows + " rows, crc32c " + "%08x".formatted(checksum);
    }

    /**
     * Where rows go.
     *
     * @param columns what stands in a row, in this order
     */
    record TableLine(String schema, String table, List<String> columns) {}

    /**
     * Where a sequence goes on.
     *
     * @param isCalled whether it has given the value already
     */
    record SequenceLine(String schema, String name, long value, boolean isCalled) {

        /** The highest number that it has given; 0 if none. */
        long last() {
            return isCalled ? value : 0;
        }
    }
}
