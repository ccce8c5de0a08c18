package io.aipanel.sqlite;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.storage.OutboxFull;
import io.aipanel.sqlite.audit.AuditLane;
import io.aipanel.sqlite.jobs.JobLane;
import io.aipanel.sqlite.storage.StoreConnection;
import java.sql.ResultSet;

/** Takes in the effects of a transaction, as long as not too many wait already. */
final class Outbox {

    private final AuditLane auditLane;
    private final JobLane jobLane;
    private final long max;

    Outbox(AuditLane auditLane, JobLane jobLane, long max) {
        this.auditLane = auditLane;
        this.jobLane = jobLane;
        this.max = max;
    }

    void add(StoreConnection panel, Effect effect) {
        // The span of the keys is known at once and never less than the number of rows: counting is for rare cases.
        if (number(panel, SPAN) >= max && number(panel, WAITING) >= max) {
            throw new OutboxFull(
                    "more than " + max
                            + " effects of earlier changes wait to be recorded (audit.outbox.max), so nothing"
                            + " more is changed: see why audit.db or queue.db cannot be written",
                    null);
        }
        if (effect instanceof Effect.Record event) {
            auditLane.add(panel, event);
        } else if (effect instanceof Effect.Enqueue job) {
            jobLane.add(panel, job);
        }
        panel.announce();
    }

    /** How many effects wait, those that were set aside not counted. */
    static long waiting(StoreConnection panel) {
        return number(panel, WAITING);
    }

    private static long number(StoreConnection panel, String sql) {
        return panel.prepared(sql, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static final String SPAN = """
            SELECT coalesce((SELECT max(seq) FROM audit_outbox) - (SELECT min(seq) FROM audit_outbox) + 1, 0)
                 + coalesce((SELECT max(seq) FROM job_outbox) - (SELECT min(seq) FROM job_outbox) + 1, 0)
            """;

    private static final String WAITING = """
            SELECT (SELECT count(*) FROM audit_outbox WHERE failed_at IS NULL)
                 + (SELECT count(*) FROM job_outbox WHERE failed_at IS NULL)
            """;
}
