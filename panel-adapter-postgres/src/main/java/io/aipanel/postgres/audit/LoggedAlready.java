package io.aipanel.postgres.audit;

import org.jdbi.v3.core.Handle;

/**
 * Takes events out of outboxes that were set back, if the log, which was not, has them: they were delivered in the time that
 * the outboxes no longer know of. Ids of effects are forgotten when they are delivered, so events are told by what is in them:
 * of those that are the same, as many go as the log has.
 */
public final class LoggedAlready {

    private static final String REMOVE = """
            WITH waiting AS (
                SELECT 'panel' AS outbox, seq, %1$s FROM panel.audit_outbox WHERE failed_at IS NULL
                UNION ALL
                SELECT 'queue', seq, %1$s FROM queue.event_outbox WHERE failed_at IS NULL
            ), numbered AS (
                SELECT *, row_number() OVER (PARTITION BY %1$s ORDER BY outbox, seq) AS number FROM waiting
            ), logged AS (
                SELECT %1$s, count(*) AS events FROM audit.events
                WHERE index >= :from AND at IN (SELECT at FROM waiting)
                GROUP BY %1$s
            ), delivered AS (
                SELECT outbox, seq FROM numbered JOIN logged
                  ON (numbered.at, numbered.actor, numbered.action, numbered.target, numbered.outcome, numbered.details)
                   = (logged.at, logged.actor, logged.action, logged.target, logged.outcome, logged.details)
                 AND numbered.address IS NOT DISTINCT FROM logged.address
                 AND numbered.request_id IS NOT DISTINCT FROM logged.request_id
                WHERE number <= events
            ), of_queue AS (
                DELETE FROM queue.event_outbox WHERE seq IN (SELECT seq FROM delivered WHERE outbox = 'queue')
            )
            DELETE FROM panel.audit_outbox WHERE seq IN (SELECT seq FROM delivered WHERE outbox = 'panel')
            """.formatted(EventRow.COLUMNS);

    private LoggedAlready() {}

    /**
     * Removes them.
     *
     * @param handle where the outboxes were set back; nobody delivers until that is committed
     * @param from the index of the first event that the log may have from there
     */
    public static void remove(Handle handle, long from) {
        handle.createUpdate(REMOVE).bind("from", from).execute();
    }
}
