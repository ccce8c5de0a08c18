package io.aipanel.postgres;

import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.audit.Appending;
import io.aipanel.postgres.audit.EventRow;
import io.aipanel.postgres.jobs.PostgresJobQueueRepository;
import io.aipanel.postgres.jobs.StoredJob;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How effects get from one outbox table to where they belong: out of the one and into the other in one transaction. Jobs
 * first, so that they do not wait for a log that does not answer.
 */
enum EffectMove {
    /** Jobs, to the queue; one whose unique key is taken is done with, because another one stands for it. */
    JOBS("panel.job_outbox", StoreName.QUEUE) {
        @Override
        void lock(Handle handle) {
            AdvisoryLock.JOB_RELAY.acquire(handle, "");
        }

        @Override
        void move(Handle handle, List<Long> seqs) {
            List<NewJob> jobs = handle
                    .createQuery("DELETE FROM panel.job_outbox WHERE seq = ANY (:seqs) RETURNING seq,"
                            + " run_at, delay, " + StoredJob.COLUMNS)
                    .bindArray("seqs", Long.class, seqs.toArray())
                    .map((row, context) -> Map.entry(row.getLong("seq"), job(row)))
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .toList();
            PostgresJobQueueRepository.add(handle, jobs);
        }
    },
    /** Events about changes in the panel store, to the audit log. */
    EVENTS("panel.audit_outbox", StoreName.AUDIT) {
        @Override
        void lock(Handle handle) {
            Appending.lock(handle);
        }

        @Override
        void move(Handle handle, List<Long> seqs) {
            moveEvents(handle, seqs);
        }
    },
    /** Events about what operators have done in the queue store, to the audit log. */
    QUEUE_EVENTS("queue.event_outbox", StoreName.AUDIT) {
        @Override
        void lock(Handle handle) {
            Appending.lock(handle);
        }

        @Override
        void move(Handle handle, List<Long> seqs) {
            moveEvents(handle, seqs);
        }
    };

    private final String table;
    private final StoreName destination;

    EffectMove(String table, StoreName destination) {
        this.table = table;
        this.destination = destination;
    }

    /**
     * Keeps other relays away until the end of the transaction, so that effects arrive in order. Taken before the outbox is
     * read, so that of two relays the later one sees what the earlier one has left.
     */
    abstract void lock(Handle handle);

    /** Moves the effects with these numbers. */
    abstract void move(Handle handle, List<Long> seqs);

    /** Where the effects wait. */
    String table() {
        return table;
    }

    /** Where they belong. */
    StoreName destination() {
        return destination;
    }

    /** Keeps the order of the outbox. */
    void moveEvents(Handle handle, List<Long> seqs) {
        List<NewAuditEvent> events = handle
                .createQuery("DELETE FROM " + table + " WHERE seq = ANY (:seqs) RETURNING seq, " + EventRow.COLUMNS)
                .bindArray("seqs", Long.class, seqs.toArray())
                .map((row, context) -> Map.entry(row.getLong("seq"), EventRow.newEvent(row)))
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        Appending.append(handle, events);
    }

    static NewJob job(ResultSet row) throws SQLException {
        NewJob job = StoredJob.job(row);
        Optional<Instant> runAt = Rows.optionalTime(row, "run_at");
        Optional<Duration> delay = StoredJob.delay(row, "delay");
        return runAt.map(job::runAt).or(() -> delay.map(job::delay)).orElse(job);
    }
}
