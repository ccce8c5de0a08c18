package io.aipanel.sqlite;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.sqlite.audit.AuditLane;
import io.aipanel.sqlite.jobs.SqliteJobQueueRepository;
import io.aipanel.sqlite.jobs.SqliteQueueRepository;
import io.aipanel.sqlite.jobs.SqliteScheduleRepository;
import io.aipanel.sqlite.storage.TransactionAccess;
import java.time.InstantSource;

/** The repositories of the queue store on the connection of one transaction. */
final class SqliteQueueTransaction implements QueueTransaction {

    private final TransactionAccess access;
    private final Outbox outbox;
    private final AuditLane events;
    private final InstantSource clock;

    SqliteQueueTransaction(TransactionAccess access, Outbox outbox, AuditLane events, InstantSource clock) {
        this.access = access;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public JobQueueRepository jobs() {
        access.requireUsable();
        return new SqliteJobQueueRepository(access, clock, () -> {});
    }

    @Override
    public QueueRepository queues() {
        access.requireUsable();
        return new SqliteQueueRepository(access, clock);
    }

    @Override
    public ScheduleRepository schedules() {
        access.requireUsable();
        return new SqliteScheduleRepository(access, clock);
    }

    @Override
    public void emit(Effect.Record event) {
        access.write(connection -> {
            outbox.announceOneMore(connection);
            events.add(connection, event);
            return event;
        });
    }
}
