package io.aipanel.postgres.backup;

import io.aipanel.domain.audit.LogTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The partitions of a log that is about to be read in. A copy does not say where they were: they are made as large as those that
 * the log begins by itself, so that the server never has to look through one that is larger to say where it ends.
 *
 * @param log what there is to be read
 * @param most the most events of one, but for those of the first one that were cut off
 */
record LogPartitions(LogTree log, long most) {

    /** The change that has brought partitions; before it there is one table. */
    static final String SINCE = "0006-partitions";

    /** As {@code audit.begin_partition} has it. */
    private static final long MOST = 1_048_576;

    static LogPartitions of(LogTree log) {
        return new LogPartitions(log, MOST);
    }

    /** Makes them out of the one partition of a log that is new. */
    void make(Connection connection) throws SQLException {
        long last = last();
        if (last == 0) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE audit.events DETACH PARTITION audit.events_0");
            statement.execute("ALTER TABLE audit.events ATTACH PARTITION audit.events_0 FOR VALUES FROM (0) TO ("
                    + (log.cut().size() + most) + ")");
            for (long first = log.cut().size() + most; first <= last; first += most) {
                statement.execute("CREATE TABLE audit.events_" + first
                        + " PARTITION OF audit.events FOR VALUES FROM (" + first + ") TO ("
                        + (first == last ? "MAXVALUE" : Long.toString(first + most)) + ")");
                statement.execute("SELECT audit.guard_partition('audit.events_" + first + "')");
            }
        }
    }

    /** Says of a log that was read in which partition is the newest, and when the next one begins. */
    void note(Connection connection) throws SQLException {
        long last = last();
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    UPDATE audit.tree
                    SET partition_from = %d,
                        next_partition_at =
                            (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 month')
                                AT TIME ZONE 'UTC',
                        next_partition_size = %d
                    """.formatted(last, last + most));
        }
    }

    /** Where the newest one begins. */
    private long last() {
        long cut = log.cut().size();
        long kept = log.peaks().size() - cut;
        return kept <= most ? 0 : cut + (kept - 1) / most * most;
    }
}
