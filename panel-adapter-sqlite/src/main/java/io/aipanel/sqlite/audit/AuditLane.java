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

    /** A row that cannot be read is that row's failure, when its turn comes. */
    private static Delivery delivery(ResultSet row) throws SQLException {
        try {
            LogEntry entry = LogEntry.of(EventColumns.read(row, 3));
            return audit -> EventLog.append(audit, List.of(entry));
        } catch (IllegalArgumentException unreadable) {
            return audit -> {
                throw unreadable;
            };
        }
    }
}
