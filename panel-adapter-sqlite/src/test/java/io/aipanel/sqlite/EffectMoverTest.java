package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.storage.OutboxRelay.Relayed;
import io.aipanel.ports.storage.OutboxRelay.SetAside;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.sqlite.audit.AuditLane;
import io.aipanel.sqlite.jobs.JobLane;
import io.aipanel.sqlite.storage.News;
import io.aipanel.sqlite.storage.StorageDirectory;
import io.aipanel.sqlite.storage.Store;
import io.aipanel.sqlite.storage.StoreFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EffectMoverTest {

    private static final NewJob JOB = NewJob.of("mail");

    private SqliteStorageHarness harness;
    private Store panel;
    private Store audit;
    private Store queue;

    @BeforeEach
    void open() {
        harness = SqliteStorageHarness.create();
        panel = store(StoreName.PANEL);
        audit = store(StoreName.AUDIT);
        queue = store(StoreName.QUEUE);
    }

    @AfterEach
    void close() {
        panel.close();
        audit.close();
        queue.close();
        harness.close();
    }

    @Test
    void aJobWhoseRelayWasKilledBetweenTheCommitsRunsOnceEvenIfItIsPrunedMeanwhile() {
        Storage storage = harness.storage();
        emit(job());
        // Killed here: the job is in the queue, and still in the outbox.
        jobs().apply(10);
        assertThat(storage.outbox().waiting()).isEqualTo(1);

        List<ClaimedJob> claimed = claim();
        assertThat(claimed).hasSize(1);
        storage.jobs().finish(List.of(new JobEnd.Completed(claimed.get(0).lease(), Optional.empty())));
        harness.advance(Duration.ofDays(1));
        assertThat(storage.jobs().prune(JobState.COMPLETED, harness.now(), 10)).isEqualTo(1);
        Relayed relayed = storage.outbox().relay(10);

        assertThat(relayed).isEqualTo(new Relayed(1, List.of()));
        assertThat(storage.outbox().waiting()).isZero();
        assertThat(claim()).as("no second run").isEmpty();
        assertThat(storage.jobs().jobs(JobFilter.ALL, PageRequest.first(10)).items())
                .as("the job is not there again")
                .isEmpty();
    }

    @Test
    void anEventWhoseRelayWasKilledBetweenTheCommitsIsRecordedOnce() {
        emit(event("once"));
        events().apply(10);

        harness.storage().outbox().relay(10);

        assertThat(actions()).containsExactly("once");
        assertThat(harness.storage().outbox().waiting()).isZero();
    }

    @Test
    void whatWasDeliveredIsForgottenOnceItHasLeftTheOutbox() {
        emit(event("one"));
        emit(event("two"));
        emit(job());
        harness.storage().outbox().relay(10);
        assertThat(delivered(audit)).as("noted until the deletion is durable").isEqualTo(2);

        harness.storage().outbox().relay(10);

        assertThat(delivered(audit)).isZero();
        assertThat(delivered(queue)).isZero();
        assertThat(actions()).containsExactly("one", "two");
    }

    @Test
    void whatWasDeliveredIsNotForgottenWhileItIsInTheOutbox() {
        emit(event("once"));
        EffectMover.Applied applied = events().apply(10);
        events().apply(10);
        assertThat(delivered(audit)).isEqualTo(1);

        events().settle(applied);
        events().apply(10);

        assertThat(delivered(audit)).isZero();
        assertThat(actions()).containsExactly("once");
    }

    @Test
    void eventsOfTwoStoresAreNotedApart() {
        emit(event("panel.change"));
        harness.storage().writeQueue(transaction -> {
            transaction.emit(event("queue.change"));
            return transaction;
        });
        assertThat(harness.storage().outbox().waiting()).isEqualTo(2);
        // Both killed between their commits: delivered, and still in their outboxes.
        events().apply(10);
        queueEvents().apply(10);

        // Whoever tidies up for one store must leave the other's notes alone.
        events().move(10);
        events().move(10);
        assertThat(delivered(audit)).isEqualTo(1);
        queueEvents().move(10);
        queueEvents().move(10);

        assertThat(delivered(audit)).isZero();
        assertThat(actions()).containsExactly("panel.change", "queue.change");
        assertThat(harness.storage().outbox().waiting()).isZero();
    }

    @Test
    void manyWhoRelayAtOnceDeliverEachEffectOnce() throws InterruptedException, ExecutionException {
        int effects = 120;
        for (int i = 0; i < effects; i++) {
            emit(event("e" + i));
            emit(job());
        }
        try (Storage other = harness.openAnother(options -> options)) {
            ExecutorService relays = Executors.newFixedThreadPool(4);
            List<Callable<Integer>> drains = List.of(
                    () -> drain(harness.storage()),
                    () -> drain(other),
                    () -> drain(harness.storage()),
                    () -> drain(other));
            for (Future<Integer> drained : relays.invokeAll(drains)) {
                assertThat(drained.get()).isNotNegative();
            }
            relays.shutdown();
        }

        assertThat(actions())
                .containsExactlyElementsOf(
                        IntStream.range(0, effects).mapToObj(i -> "e" + i).toList());
        assertThat(harness.storage()
                        .jobs()
                        .jobs(JobFilter.ALL, PageRequest.first(1000))
                        .items())
                .hasSize(effects);
        assertThat(harness.storage().outbox().waiting()).isZero();
    }

    @Test
    void anEffectThatIsRefusedIsSetAsideAndHoldsUpNobody() {
        Effect.Record poisoned = event("poisoned");
        Effect.Enqueue poisonedJob = job();
        emit(event("before"));
        emit(poisoned);
        emit(poisonedJob);
        emit(event("after"));
        emit(job());
        spoil("UPDATE audit_outbox SET action = 'Not An Action' WHERE effect_id = ?", poisoned.id());
        spoil("UPDATE job_outbox SET priority = 5000 WHERE effect_id = ?", poisonedJob.id());

        Relayed relayed = harness.storage().outbox().relay(10);

        assertThat(relayed.moved()).isEqualTo(3);
        assertThat(relayed.setAside()).extracting(SetAside::id).containsExactly(poisonedJob.id(), poisoned.id());
        assertThat(relayed.setAside().get(1).reason()).contains("action");
        assertThat(actions()).containsExactly("before", "after");
        assertThat(claim()).hasSize(1);
        assertThat(harness.storage().outbox().waiting())
                .as("what was set aside does not wait")
                .isZero();
        assertThat(harness.storage().outbox().setAside(10)).containsExactlyInAnyOrderElementsOf(relayed.setAside());
        assertThat(harness.storage().outbox().relay(10)).isEqualTo(new Relayed(0, List.of()));
    }

    @Test
    void aRowThatTheDestinationItselfRefusesIsSetAsideWithWhatItSaid() {
        Effect.Record poisoned = event("poisoned");
        emit(poisoned);
        emit(event("after"));
        audit.write(connection -> connection.handle().execute("""
                CREATE TRIGGER no_poison BEFORE INSERT ON events WHEN new.action = 'poisoned'
                BEGIN
                    SELECT RAISE(ABORT, 'no poison here');
                END"""));

        Relayed relayed = harness.storage().outbox().relay(10);

        assertThat(relayed.setAside()).singleElement().satisfies(effect -> {
            assertThat(effect.id()).isEqualTo(poisoned.id());
            assertThat(effect.reason()).contains("no poison here");
        });
        assertThat(actions()).containsExactly("after");
    }

    @Test
    void aFullDestinationIsNoReasonToSetAnythingAside() {
        emit(event("waits", "\"" + "x".repeat(100_000) + "\""));
        emit(job());
        audit.write(connection -> connection
                .handle()
                .createQuery("PRAGMA max_page_count = 1")
                .mapTo(Long.class)
                .one());
        SqliteOutboxRelay relay = new SqliteOutboxRelay(List.of(events(), jobs()));

        assertThatThrownBy(() -> relay.relay(10)).isInstanceOf(StoreFull.class);

        assertThat(relay.setAside(10)).isEmpty();
        assertThat(relay.waiting())
                .as("the event waits on, the job has gone its way")
                .isEqualTo(1);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void aDamagedLogIsNoReasonToSetAnythingAside() {
        emit(event("waits"));
        emit(event("waits.too"));
        audit.write(connection -> connection.handle().execute("""
                INSERT INTO events ("index", at, actor, action, target, outcome, details)
                VALUES (0, 0, 'nobody', 'slipped.in', '', 'success', '{}')"""));

        assertThatThrownBy(() -> harness.storage().outbox().relay(10))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("audit.db")
                .hasMessageContaining("panel audit verify");

        assertThat(harness.storage().outbox().setAside(10)).isEmpty();
        assertThat(harness.storage().outbox().waiting()).isEqualTo(2);
        assertThat(actions()).containsExactly("slipped.in");
    }

    private EffectMover events() {
        return new EffectMover(new AuditLane("audit_outbox"), panel, audit, clock());
    }

    private EffectMover queueEvents() {
        return new EffectMover(new AuditLane("event_outbox"), queue, audit, clock());
    }

    private EffectMover jobs() {
        return new EffectMover(new JobLane(clock()), panel, queue, clock());
    }

    private InstantSource clock() {
        return harness::now;
    }

    private Store store(StoreName name) {
        StoreFile file = new StorageDirectory(harness.directory()).prepare().get(name.ordinal());
        return Store.open(file, Duration.ofSeconds(30), News.NONE, WriteObserver.NONE);
    }

    private void emit(Effect effect) {
        harness.storage().write(transaction -> {
            transaction.emit(effect);
            return effect;
        });
    }

    private void spoil(String sql, EffectId id) {
        assertThat(panel.<Integer>write(connection -> connection.handle().execute(sql, id.toString())))
                .isEqualTo(1);
    }

    private static int drain(Storage storage) {
        int moved = 0;
        for (Relayed relayed = storage.outbox().relay(7);
                relayed.moved() > 0;
                relayed = storage.outbox().relay(7)) {
            moved += relayed.moved();
        }
        return moved;
    }

    private static long delivered(Store store) {
        return store.read(connection -> connection
                .handle()
                .createQuery("SELECT count(*) FROM delivered")
                .mapTo(Long.class)
                .one());
    }

    private List<String> actions() {
        return harness.storage().audit().events(AuditFilter.OLDEST, PageRequest.first(1000)).items().stream()
                .map(AuditEvent::event)
                .map(NewAuditEvent::action)
                .toList();
    }

    private List<ClaimedJob> claim() {
        return harness.storage()
                .jobs()
                .claim(new ClaimRequest(
                        QueueName.DEFAULT, Set.of(new JobType("mail")), 100, Duration.ofMinutes(1), "test"));
    }

    private static Effect.Record event(String action) {
        return event(action, "{}");
    }

    private static Effect.Record event(String action, String details) {
        return new Effect.Record(
                new EffectId(UUID.randomUUID()),
                new NewAuditEvent(
                        Instant.EPOCH,
                        "test",
                        action,
                        "",
                        AuditOutcome.SUCCESS,
                        Optional.empty(),
                        Optional.empty(),
                        new JsonText(details)));
    }

    private static Effect.Enqueue job() {
        return new Effect.Enqueue(new EffectId(UUID.randomUUID()), JOB);
    }
}
