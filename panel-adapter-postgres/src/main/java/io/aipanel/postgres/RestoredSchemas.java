package io.aipanel.postgres;

import io.aipanel.ports.backup.RestoredStores;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.QueueTransaction;
import io.aipanel.postgres.jobs.QueueStore;
import io.aipanel.postgres.storage.LongTransaction;
import io.aipanel.postgres.storage.WriteTimes;
import java.util.function.Consumer;

/**
 * {@link RestoredStores} within the transaction that replaces them.
 *
 * @param transaction where the schemas have taken the place of the others
 */
record RestoredSchemas(LongTransaction transaction) implements RestoredStores {

    /** What is said of a restoration is never too much. */
    private static final Outbox OUTBOX = new Outbox(Long.MAX_VALUE);

    /** Has the jobs that wait in the outbox delivered. */
    void deliverJobs() {
        transaction.work(open -> new PostgresOutboxRelay(open, new WriteTimes(), OUTBOX, () -> {}).relayJobs());
    }

    @Override
    public void change(Consumer<? super PanelTransaction> work) {
        transaction.work(open -> work.accept(new PostgresPanelTransaction(open, OUTBOX)));
    }

    @Override
    public void changeQueue(Consumer<? super QueueTransaction> work) {
        // Everybody is told of everything when all of it is committed.
        transaction.work(
                open -> work.accept(new PostgresQueueTransaction(open, OUTBOX, new QueueStore(open, topic -> {}))));
    }
}
