package io.aipanel.postgres;

import io.aipanel.domain.storage.Effect;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.jobs.PostgresJobQueueRepository;
import io.aipanel.postgres.jobs.PostgresQueueRepository;
import io.aipanel.postgres.jobs.PostgresScheduleRepository;
import io.aipanel.postgres.jobs.QueueStore;
import io.aipanel.postgres.storage.OpenTransaction;
import java.util.EnumSet;
import java.util.Set;

/** {@link QueueTransaction}: the queue store's repositories on one transaction, and the outbox beside them. */
final class PostgresQueueTransaction implements QueueTransaction {

    private final OpenTransaction transaction;
    private final Outbox outbox;
    private final QueueStore store;
    private final Set<Topic> news = EnumSet.noneOf(Topic.class);
    private long room;

    PostgresQueueTransaction(OpenTransaction transaction, Outbox outbox, QueueStore store) {
        this.transaction = transaction;
        this.outbox = outbox;
        this.store = store.within(transaction, news::add);
    }

    @Override
    public JobQueueRepository jobs() {
        transaction.refuseIfNotMine();
        return new PostgresJobQueueRepository(store);
    }

    @Override
    public QueueRepository queues() {
        transaction.refuseIfNotMine();
        return new PostgresQueueRepository(store);
    }

    @Override
    public ScheduleRepository schedules() {
        transaction.refuseIfNotMine();
        return new PostgresScheduleRepository(store);
    }

    @Override
    public void emit(Effect.Record event) {
        transaction.change(handle -> {
            if (room == 0) {
                room = outbox.room(handle);
            }
            if (room == 0) {
                throw outbox.full();
            }
            outbox.addOfQueue(handle, event);
            room--;
            news.add(Topic.OUTBOX);
            return event;
        });
    }

    /** What is to be told once this is committed. */
    Set<Topic> news() {
        return news;
    }
}
