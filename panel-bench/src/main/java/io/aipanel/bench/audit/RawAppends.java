package io.aipanel.bench.audit;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Rate;
import io.aipanel.domain.audit.NewAuditEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** The ceiling: one connection that appends to the same table, without the tree, and commits once for so many events. */
record RawAppends(EngineName engine, int perCommit) {

    /**
     * Appends.
     *
     * @param duration for how long, after as long a warm-up
     */
    Rate run(Database database, Database table, Duration duration, SampleEvents samples) throws SQLException {
        EventTable events = new EventTable(engine);
        events.create(database, table);
        try (Connection connection = table.connect();
                PreparedStatement statement = connection.prepareStatement(events.insert())) {
            connection.setAutoCommit(false);
            long warm = run(connection, statement, events, 0, duration, samples).amount();
            return run(connection, statement, events, warm, duration, samples);
        }
    }

    private Rate run(
            Connection connection,
            PreparedStatement statement,
            EventTable events,
            long first,
            Duration duration,
            SampleEvents samples)
            throws SQLException {
        long begin = System.nanoTime();
        long next = first;
        while (System.nanoTime() - begin < duration.toNanos()) {
            long before = next;
            for (NewAuditEvent event : samples.next(perCommit)) {
                events.bind(statement, next++, event);
                statement.addBatch();
            }
            statement.executeBatch();
            events.keepUp(connection, before, next);
            connection.commit();
        }
        return new Rate(next - first, Duration.ofNanos(System.nanoTime() - begin));
    }
}
