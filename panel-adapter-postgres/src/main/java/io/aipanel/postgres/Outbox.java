package io.aipanel.postgres;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxRelay.SetAside;
import io.aipanel.postgres.jobs.Delays;
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
            add(handle, recorded.id(), recorded.event());
        } else if (effect instanceof Effect.Enqueue enqueued) {
            add(handle, enqueued.id(), enqueued.job());
        }
    }

    /**
     * How many more effects may wait. Counted only where the distance between the oldest and the newest, which costs
     * two looks into an index, does not already tell that there is room.
     */
    long room(Handle handle) {
        long atMost = handle.createQuery("""
                        SELECT coalesce(max(newest) - min(oldest) + 1, 0)
                        FROM (
                            SELECT min(seq) AS oldest, max(seq) AS newest
                            FROM panel.audit_outbox WHERE failed_at IS NULL
                            UNION ALL
                            SELECT min(seq), max(seq) FROM panel.job_outbox WHERE failed_at IS NULL
                        ) AS ends
                        """).mapTo(Long.class).one();
        return atMost < max ? max - atMost : Math.max(0, max - waiting(handle));
    }

    /** How many effects wait, those that were set aside not counted. */
    long waiting(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM panel.audit_outbox WHERE failed_at IS NULL)
                             + (SELECT count(*) FROM panel.job_outbox WHERE failed_at IS NULL)
                        """).mapTo(Long.class).one();
    }

    /** The effects that were set aside, oldest first. */
    List<SetAside> setAside(Handle handle, int limit) {
        return handle.createQuery("""
                        SELECT effect_id, failure
                        FROM (
                            SELECT seq, effect_id, failure FROM panel.audit_outbox WHERE failed_at IS NOT NULL
                            UNION ALL
                            SELECT seq, effect_id, failure FROM panel.job_outbox WHERE failed_at IS NOT NULL
                        ) AS failed
                        ORDER BY seq
                        LIMIT :limit
                        """)
                .bind("limit", limit)
                .map((row, context) ->
                        new SetAside(new EffectId(row.getObject("effect_id", UUID.class)), row.getString("failure")))
                .list();
    }

    private static void add(Handle handle, EffectId id, NewAuditEvent event) {
        handle.createUpdate("""
                        INSERT INTO panel.audit_outbox
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
        handle.createUpdate("""
                        INSERT INTO panel.job_outbox
                            (effect_id, type, queue, payload, priority, run_at, unique_key,
                             max_attempts, first_delay, max_delay)
                        VALUES (:id, :type, :queue, :payload, :priority, :runAt, :uniqueKey,
                                :maxAttempts, :firstDelay, :maxDelay)
                        """)
                .bind("id", id.value())
                .bind("type", job.type().value())
                .bind("queue", job.queue().value())
                .bind("payload", job.payload().value())
                .bind("priority", job.priority())
                .bind("runAt", job.runAt())
                .bind("uniqueKey", job.uniqueKey())
                .bind("maxAttempts", job.retry().maxAttempts())
                .bind("firstDelay", Delays.toMicros(job.retry().firstDelay()))
                .bind("maxDelay", Delays.toMicros(job.retry().maxDelay()))
                .execute();
    }
}
