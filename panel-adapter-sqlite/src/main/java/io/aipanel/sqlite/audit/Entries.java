package io.aipanel.sqlite.audit;

import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables that lead from what an event says to the event, in the order of the log. They lag behind: an index would have each
 * append write to a page of its own for nearly every event, while the entries of some thousand events, written at once and
 * in order, share their pages. Whoever looks for events goes through the ones without entries, too, of which there are
 * {@link #PERIOD} at most.
 */
public enum Entries {
    /** By who has done it. */
    ACTOR("actor"),
    /** By what was done. */
    ACTION("action"),
    /** By what it was done to, if to anything. */
    TARGET("target"),
    /** By where it came from, if that is known. */
    ADDRESS("address");

    /** After so many events one of the tables is brought up to date, then another: none of them is a long wait. */
    static final int STEP = 2_048;

    /** So many events come between two times that the same table is brought up to date. */
    static final int PERIOD = STEP * values().length;

    /** So many events get their entries at once, where more have none: after a change of the schema. */
    private static final int PIECE = 4 * PERIOD;

    private static final List<Entries> ALL = List.of(values());

    private final String column;
    private final String table;
    /** Without the row, or with a lower number in it, events are still found: as ones without entries, which takes longer. */
    private final String until;
    /** What somebody has put into an event by other means may be anything. */
    private final String worthAnEntry;

    Entries(String column) {
        this.column = column;
        this.table = "entries_by_" + column;
        this.until = "coalesce((SELECT until FROM entered WHERE name = '" + column + "'), 0)";
        this.worthAnEntry = "typeof(" + column + ") = 'text' AND " + column + " <> '' AND typeof(at) = 'integer'";
    }

    /**
     * Brings tables up to date whose turn has come, within the transaction of an append.
     *
     * @param before how many events the log had before it
     * @param size how many it has
     */
    public static void keepUp(StoreConnection audit, long before, long size) {
        for (long step = before / STEP + 1; step <= size / STEP; step++) {
            ALL.get((int) (step % ALL.size())).write(audit, size);
        }
    }

    /** Writes what appends do not get done: usually nothing, which is one look at each row. */
    public static void catchUp(StoreAccess audit) {
        try {
            for (Entries entries : ALL) {
                while (audit.read(entries::lag) > PERIOD) {
                    audit.write(connection ->
                            entries.write(connection, TreeRow.peaks(connection).size()));
                }
            }
        } catch (StoreCorrupt e) {
            // Whoever appends will hear of it; and whoever wants to check the log must be able to open it.
        }
    }

    /** Removes the entries of the first events of the log. */
    static void removeAll(StoreConnection audit, long below) {
        for (Entries entries : ALL) {
            audit.change("""
                    DELETE FROM %1$s WHERE (%2$s, at, "index") IN
                        (SELECT %2$s, at, "index" FROM events NOT INDEXED WHERE "index" < ?)
                    """.formatted(entries.table, entries.column), statement -> statement.setLong(1, below));
        }
    }

    /** The column of the log that says where an event's entry lies. */
    String column() {
        return column;
    }

    /** The entries, as something to select from: time, index and what they are in order of. */
    String alone() {
        return table + " WHERE \"index\" < " + until;
    }

    /** The entries and their events, as something to select from. */
    String withEvents() {
        // CROSS, or SQLite might begin with the events.
        return table + " CROSS JOIN events USING (\"index\", at, " + column + ") WHERE \"index\" < " + until;
    }

    /** The events that have no entries yet, as something to select from. */
    String latecomers() {
        return "events NOT INDEXED WHERE \"index\" >= " + until;
    }

    /**
     * What is wrong with the entries, in words. It goes once through the log and once through each table; only where these do
     * not add up to the same is every event and every entry looked for.
     */
    public static List<String> allProblems(StoreConnection audit) {
        List<EntryTotal> expected = expected(audit);
        return ALL.stream()
                .filter(entries -> !entries.addsUpTo(expected.get(entries.ordinal()), audit))
                .flatMap(entries -> entries.problems(audit).stream())
                .toList();
    }

    /** What the tables should add up to, by the events. */
    private static List<EntryTotal> expected(StoreConnection audit) {
        List<EntryTotal> totals = ALL.stream()
                .map(entries -> new EntryTotal(number(audit, "SELECT " + entries.until)))
                .toList();
        String columns = ALL.stream().map(Entries::columnIfWorthAnEntry).collect(Collectors.joining(", "));
        audit.prepared("SELECT \"index\", at, " + columns + " FROM events NOT INDEXED", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long index = row.getLong(1);
                    long at = row.getLong(2);
                    for (int i = 0; i < totals.size(); i++) {
                        String text = row.getString(i + 3);
                        if (text != null) {
                            totals.get(i).add(text, at, index);
                        }
                    }
                }
            }
            return totals;
        });
        return totals;
    }

    /** Whether the table adds up to that. */
    private boolean addsUpTo(EntryTotal expected, StoreConnection audit) {
        EntryTotal total = new EntryTotal(expected.until());
        audit.prepared("SELECT " + column + ", at, \"index\" FROM " + table, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    total.add(row.getString(1), row.getLong(2), row.getLong(3));
                }
            }
            return total;
        });
        return total.isSameAs(expected);
    }

    private String columnIfWorthAnEntry() {
        return "iif(" + worthAnEntry + ", " + column + ", NULL)";
    }

    /** Looks for each event's entry and each entry's event, which takes long in a large log. */
    private List<String> problems(StoreConnection audit) {
        long missing = number(audit, """
                SELECT count(*) FROM events NOT INDEXED WHERE "index" < %3$s AND %4$s AND NOT EXISTS
                    (SELECT 1 FROM %1$s AS entry
                     WHERE entry.%2$s = events.%2$s AND entry.at = events.at AND entry."index" = events."index")
                """.formatted(table, column, until, worthAnEntry));
        long wrong = number(audit, """
                SELECT count(*) FROM %1$s AS entry WHERE "index" < %3$s AND NOT EXISTS
                    (SELECT 1 FROM events
                     WHERE events."index" = entry."index" AND events.at = entry.at AND events.%2$s = entry.%2$s)
                """.formatted(table, column, until));
        if (missing == 0 && wrong == 0) {
            return List.of();
        }
        return List.of("events are not found by " + column + ": " + missing + " have no entry in " + table + ", and "
                + wrong + " entries are of no event. If panel audit verify finds the log intact, stop the panel, have"
                + " sqlite3 run DELETE FROM " + table + "; DELETE FROM entered WHERE name = '" + column
                + "'; and start it: it writes them anew");
    }

    /** Brings the table up to date, or closer to that, and tells by how many events. */
    private long write(StoreConnection audit, long size) {
        long from = number(audit, "SELECT " + until);
        long to = Math.min(size, from + PIECE);
        if (from >= to) {
            return 0;
        }
        // An entry that is there already is the same. Appends must not fail because of entries.
        audit.change("""
                INSERT OR IGNORE INTO %1$s (%2$s, at, "index")
                SELECT %2$s, at, "index" FROM events NOT INDEXED WHERE "index" >= ? AND "index" < ? AND %3$s
                ORDER BY %2$s, at, "index"
                """.formatted(table, column, worthAnEntry), statement -> {
            statement.setLong(1, from);
            statement.setLong(2, to);
        });
        audit.change("INSERT OR REPLACE INTO entered (name, until) VALUES (?, ?)", statement -> {
            statement.setString(1, column);
            statement.setLong(2, to);
        });
        return to - from;
    }

    private long lag(StoreConnection audit) {
        return number(audit, "SELECT size - " + until + " FROM tree WHERE only_one = 1");
    }

    private static long number(StoreConnection audit, String sql) {
        return audit.prepared(sql, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }
}
