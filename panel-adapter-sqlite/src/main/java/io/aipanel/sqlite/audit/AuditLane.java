package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.storage.Effect;
import io.aipanel.sqlite.storage.EffectLane;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The way of events from {@code panel.db} to the log. */
public final class AuditLane implements EffectLane<Effect.Record> {

    @Override
    public String outbox() {
        return "audit_outbox";
    }

    @Override
    public void add(StoreConnection panel, Effect.Record effect) {
        panel.prepared("""
                INSERT INTO audit_outbox
                    (effect_id, at, actor, action, target, outcome, address, request_id, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, statement -> {
            statement.setString(1, effect.id().toString());
            EventColumns.bind(statement, 2, effect.event());
            return statement.executeUpdate();
        });
    }

    @Override
    public List<Waiting> waiting(StoreConnection panel, int max) {
        return panel.prepared("""
                SELECT seq, effect_id, at, actor, action, target, outcome, address, request_id, details
                FROM audit_outbox WHERE failed_at IS NULL ORDER BY seq LIMIT ?
                """, statement -> {
            statement.setInt(1, max);
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Waiting(row.getLong("seq"), row.getString("effect_id"), delivery(row)));
                }
            }
            return waiting;
        });
    }

    /** A row that cannot be read is that row's failure, when its turn comes. */
    private static Delivery delivery(ResultSet row) throws SQLException {
        try {
            NewAuditEvent event = EventColumns.read(row);
            return audit -> EventLog.append(audit, List.of(event));
        } catch (IllegalArgumentException unreadable) {
            return audit -> {
                throw unreadable;
            };
        }
    }
}
