package io.aipanel.postgres;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.ports.storage.OutboxRelay.SetAside;
import io.aipanel.postgres.jobs.Delays;
import io.aipanel.postgres.jobs.StoredJob;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The effects of committed changes that wait for the relay.
 *
 * @param max the most that may wait
 */
record Outbox(long max) {

    /** Writes an effect beside the change it belongs to. */
    void add(Handle handle, Effect effect) {
        if (effect instanceof Effect.Record recorded) {
            add(handle, "panel.audit_outbox", recorded.id(), recorded.event());
        } else if (effect instanceof Effect.Enqueue enqueued) {
            add(handle, enqueued.id(), enqueued.job());
        }
    }

    /** Writes what an operator has done in the queue store beside it. */
    void addOfQueue(Handle handle, Effect.Record effect) {
        add(handle, "queue.event_outbox", effect.id(), effect.event());
    }

    /**
     * How many more effects may wait. Counted only where the distance between the oldest and the newest, which costs
     * a few looks into indexes, does not already tell that there is room.
     */
    long room(Handle handle) {
        long atMost = handle.createQuery("""
                        SELECT coalesce(sum(newest - oldest + 1), 0)::bigint
                        FROM (
                            SELECT min(oldest) AS oldest, max(newest) AS newest
                            FROM (
                                SELECT min(seq) AS oldest, max(seq) AS newest
                                FROM panel.audit_outbox WHERE failed_at IS NULL
                                UNION ALL
                                SELECT min(seq), max(seq) FROM panel.job_outbox WHERE failed_at IS NULL
                            ) AS of_panel
                            UNION ALL
                            SELECT min(seq), max(seq) FROM queue.event_outbox WHERE failed_at IS NULL
                        ) AS ends
                        """).mapTo(Long.class).one();
        return atMost < max ? max - atMost : Math.max(0, max - waiting(handle));
    }

    /** How many effects wait, those that were set aside not counted. */
    long waiting(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM panel.audit_outbox WHERE failed_at IS NULL)
                             + (SELECT count(*) FROM panel.job_outbox WHERE failed_at IS NULL)
                             + (SELECT count(*) FROM queue.event_outbox WHERE failed_at IS NULL)
                        """).mapTo(Long.class).one();
    }

    /** What is to be said when there is no room left. */
    OutboxFull full() {
        return new OutboxFull(
                "too many effects of earlier changes wait to be recorded (audit.outbox.max is " + max
                        + "): see why they are not delivered, then try again",
                null);
    }

    /** The effects that were set aside, oldest first. */
    List<SetAside> setAside(Handle handle, int limit) {
        return handle.createQuery("""
                        SELECT effect_id, failure
                        FROM (
                            SELECT failed_at, seq, effect_id, failure FROM panel.audit_outbox
                            WHERE failed_at IS NOT NULL
                            UNION ALL
                            SELECT failed_at, seq, effect_id, failure FROM panel.job_outbox WHERE failed_at IS NOT NULL
                            UNION ALL
                            SELECT failed_at, seq, effect_id, failure FROM queue.event_outbox
                            WHERE failed_at IS NOT NULL
                        ) AS failed
                        ORDER BY failed_at, seq
                        LIMIT :limit
                        """)
                .bind("limit", limit)
                .map((row, context) ->
                        new SetAside(new EffectId(row.getObject("effect_id", UUID.class)), row.getString("failure")))
                .list();
    }

    private static void add(Handle handle, String table, EffectId id, NewAuditEvent event) {
        handle.createUpdate("INSERT INTO " + table + """
                         (effect_id, at, actor, action, target, outcome, address, request_id, details)
                        VALUES (:id, :at, :actor, :action, :target, :outcome, :address, :requestId, :details)
                        """)
                .bind("id", id.value())
                .bind("at", event.at())
                .bind("actor", event.actor())
                .bind("action", event.action())
                .bind("target", event.target())
                .bind("outcome", event.outcome().name().toLowerCase(Locale.ROOT))
                .bind("address", event.address())
                .bind("requestId", event.requestId())
                .bind("details", event.details().value())
                .execute();
    }

    private static void add(Handle handle, EffectId id, NewJob job) {
        StoredJob.bind(
                        handle.createUpdate("INSERT INTO panel.job_outbox (effect_id, run_at, delay, "
                                + StoredJob.COLUMNS + ") VALUES (:id, :runAt, :delay, " + StoredJob.PARAMETERS + ")"),
                        job)
                .bind("id", id.value())
                .bind("runAt", job.runAt())
                .bind("delay", job.delay().map(Delays::toMicros))
                .execute();
    }
}
