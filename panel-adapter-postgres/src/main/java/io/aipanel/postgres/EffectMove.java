package io.aipanel.postgres;

import io.aipanel.postgres.storage.AdvisoryLock;
import org.jdbi.v3.core.Handle;

/** How effects get from one outbox table to where they belong: out of the one and into the other in one statement. */
enum EffectMove {
    /** Events, to the audit log. */
    EVENTS {
        @Override
        void lock(Handle handle) {
            // Taken before the outbox is read, so that of two relays the later one sees what the earlier one has left.
            handle.execute("SELECT size FROM audit.head FOR UPDATE");
        }

        @Override
        String table() {
            return "panel.audit_outbox";
        }

        @Override
        String move() {
            return """
                    WITH moved AS (
                        DELETE FROM panel.audit_outbox WHERE seq = ANY (:seqs)
                        RETURNING seq, at, actor, action, target, outcome, address, request_id, details
                    ), head AS (
                        UPDATE audit.head SET size = size + (SELECT count(*) FROM moved)
                        RETURNING size - (SELECT count(*) FROM moved) AS first
                    )
                    INSERT INTO audit.events (index, at, actor, action, target, outcome, address, request_id, details)
                    SELECT head.first + row_number() OVER (ORDER BY seq) - 1,
                           at, actor, action, target, outcome, address, request_id, details
                    FROM moved, head
                    """;
        }
    },
    /** Jobs, to the queue; one whose unique key is taken is done with, because another one stands for it. */
    JOBS {
        @Override
        void lock(Handle handle) {
            AdvisoryLock.JOB_RELAY.acquire(handle, "");
        }

        @Override
        String table() {
            return "panel.job_outbox";
        }

        @Override
        String move() {
            return """
                    WITH moved AS (
                        DELETE FROM panel.job_outbox WHERE seq = ANY (:seqs)
                        RETURNING seq, type, queue, payload, priority, run_at, unique_key,
                                  max_attempts, first_delay, max_delay
                    )
                    INSERT INTO queue.jobs
                        (type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                         state, attempt, created_at, run_at, token)
                    SELECT type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                           'pending', 0, statement_timestamp(), coalesce(run_at, statement_timestamp()), 0
                    FROM moved
                    ORDER BY seq
                    ON CONFLICT (queue, type, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
                    """;
        }
    };

    /** Keeps other relays away until the end of the transaction, so that effects arrive in order. */
    abstract void lock(Handle handle);

    /** Where the effects wait. */
    abstract String table();

    /** Moves the effects with the numbers {@code :seqs}. */
    abstract String move();
}
