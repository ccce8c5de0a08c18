package io.aipanel.sqlite.audit;

import io.aipanel.domain.storage.Effect;
import io.aipanel.sqlite.storage.EffectLane;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The way of events from the store where something was done to the log. */
public final class AuditLane implements EffectLane<Effect.Record> {

    private final String outbox;

    /** @param outbox the table where the events wait */
    public AuditLane(String outbox) {
        this.outbox = outbox;
    }

    @Override
    public String outbox() {
        return outbox;
    }

    @Override
    public void add(StoreConnection source, Effect.Record effect) {
        source.prepared("INSERT INTO " + outbox + """
                 (effect_id, at, actor, action, target, outcome, address, request_id, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, statement -> {
            statement.setString(1, effect.id().toString());
            EventColumns.bind(statement, 2, effect.event());
            return statement.executeUpdate();
        });
    }

    @Override
    public List<Waiting> waiting(StoreConnection source, int max) {
        return source.prepared("""
                SELECT seq, effect_id, at, actor, action, target, outcome, address, request_id, details
                FROM %s WHERE failed_at IS NULL ORDER BY seq LIMIT ?
                """.formatted(outbox), statement -> {
            statement.setInt(1, max);
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Waiting(row.getLong(1), row.getString(2), delivery(row)));
                }
            }
            return waiting;
        });
    }

    /** All at once: the tree is read and written once for all of them. */
    @Override
    public void deliver(StoreConnection destination, List<Waiting> effects) {
        List<LogEntry> entries = new ArrayList<>(effects.size());
        for (Waiting effect : effects) {
            if (effect.delivery() instanceof Arrival arrival) {
                entries.add(arrival.entry());
            } else {
                effect.delivery().to(destination);
            }
        }
        EventLog.append(destination, entries);
    }

    /** A row that cannot be read is that row's failure, when its turn comes. */
    private static Delivery delivery(ResultSet row) throws SQLException {
        try {
            return new Arrival(LogEntry.of(EventColumns.read(row, 3)));
        } catch (IllegalArgumentException unreadable) {
            return audit -> {
                throw unreadable;
            };
        }
    }

    private record Arrival(LogEntry entry) implements Delivery {

        @Override
        public void to(StoreConnection destination) {
            EventLog.append(destination, List.of(entry));
        }
    }
}
