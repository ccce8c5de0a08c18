package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.maxRunning;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.JobSamples;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.jobs.ScheduleRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a transaction on the queue store promises: an operator's action and its record are one. */
public interface QueueTransactionContract extends StoreContract {

    /** A queue to change. */
    QueueName MAIL = new QueueName("mail");

    private static List<String> recorded(Storage storage) {
        return AuditSamples.targets(Paging.all(1000, page -> storage.audit().events(AuditFilter.OLDEST, page)));
    }

    private static Effect.Record event(String target) {
        return new Effect.Record(new EffectId(UUID.randomUUID()), AuditSamples.event(target));
    }

    /** Changes of every kind in one transaction, and its record. */
    private static JobId changeEverything(QueueTransaction tx, JobId toCancel) {
        tx.queues().pause(MAIL);
        tx.queues().limit(MAIL, maxRunning(7));
        tx.schedules().put(JobSamples.schedule("nightly", IamSamples.T0));
        tx.jobs().cancel(toCancel);
        JobId added = JobSamples.enqueue(tx.jobs(), work().uniqueKey("key", Duration.ofHours(1)));
        tx.emit(event("changed"));
        return added;
    }

    private static void assertUnchanged(Storage storage, JobId pending) {
        String rule = "a failed transaction rolls back everything";
        assertThat(storage.queues().queue(MAIL)).as(rule).isEqualTo(Queue.unset(MAIL));
        assertThat(storage.schedules().schedules()).as(rule).isEmpty();
        assertThat(storage.jobs().job(pending).orElseThrow().state()).as(rule).isEqualTo(JobState.PENDING);
        assertThat(storage.jobs().counts().get(0).jobs())
                .as(rule)
                .containsEntry(JobState.PENDING, 1L)
                .containsEntry(JobState.CANCELLED, 0L);
        assertThat(storage.outbox().waiting())
                .as("a failed transaction has no effects")
                .isZero();
    }

    @Test
    default void everythingOfAQueueTransactionIsThereWhenItReturns() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            JobId pending = JobSamples.enqueue(storage.jobs(), work());

            JobId added = storage.writeQueue(tx -> changeEverything(tx, pending));

            assertThat(storage.queues().queue(MAIL))
                    .as("the queue is set")
                    .isEqualTo(new Queue(MAIL, true, maxRunning(7)));
            assertThat(storage.schedules().schedules())
                    .as("the schedule is there")
                    .hasSize(1);
            assertThat(job(storage.jobs(), pending).state())
                    .as("the job is cancelled")
                    .isEqualTo(JobState.CANCELLED);
            assertThat(claimOne(storage.jobs()).job().id())
                    .as("the work's answer is answered, and what it added can run")
                    .isEqualTo(added);
            assertThat(storage.outbox().waiting()).as("the event waits").isEqualTo(1);
            assertThat(storage.outbox().relay(9))
                    .as("the event is delivered")
                    .isEqualTo(new OutboxRelay.Relayed(1, List.of()));
            assertThat(recorded(storage)).as("the change is recorded").containsExactly("changed");
        }
    }

    @Test
    default void theWorkOnTheQueueStoreSeesItsOwnChanges() {
        try (StorageHarness harness = fresh()) {
            JobId pending = JobSamples.enqueue(harness.storage().jobs(), work());

            List<Object> seen = harness.storage().writeQueue(tx -> {
                JobId added = changeEverything(tx, pending);
                return List.of(
                        tx.queues().queue(MAIL).paused(),
                        tx.schedules().schedules().size(),
                        tx.jobs().job(pending).orElseThrow().state(),
                        ids(tx.jobs().claim(request(9))).equals(List.of(added)),
                        tx.jobs().counts().get(0).jobs().get(JobState.RUNNING));
            });

            assertThat(seen).as("the work sees its own changes").containsExactly(true, 1, JobState.CANCELLED, true, 1L);
        }
    }

    @Test
    default void whatTheWorkOnTheQueueStoreThrowsIsThrownAndNothingIsChanged() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            JobId pending = JobSamples.enqueue(storage.jobs(), work());
            IllegalArgumentException mine = new IllegalArgumentException("mine");

            assertThat(catchThrowable(() -> storage.writeQueue(tx -> {
                        changeEverything(tx, pending);
                        throw mine;
                    })))
                    .as("what the work throws is thrown as it is")
                    .isSameAs(mine);

            assertUnchanged(storage, pending);
            assertThat(storage.jobs().enqueue(List.of(work().uniqueKey("key"))))
                    .as("a key that was never given is free")
                    .allMatch(Enqueued::isNew);
        }
    }

    @Test
    default void aRefusalThatTheWorkCatchesEndsAQueueTransactionAllTheSame() {
        try (StorageHarness harness = fresh();
                Storage small = harness.openAnother(options -> outboxMax(options, 1))) {
            JobId pending = JobSamples.enqueue(small.jobs(), work());

            Refusal.of(
                    OutboxFull.class,
                    "a full outbox ends the transaction, even if the work goes on",
                    () -> small.writeQueue(tx -> {
                        changeEverything(tx, pending);
                        return Optional.ofNullable(catchThrowable(() -> tx.emit(event("one too many"))));
                    }));

            assertUnchanged(small, pending);
        }
    }

    @Test
    default void theOutboxesOfBothStoresAreBoundedAndDelivered() {
        try (StorageHarness harness = fresh();
                Storage small = harness.openAnother(options -> outboxMax(options, 2))) {
            JobId pending = JobSamples.enqueue(small.jobs(), work());
            small.writeQueue(tx -> {
                tx.queues().pause(new QueueName("other"));
                tx.emit(event("first"));
                return true;
            });
            small.writeQueue(tx -> {
                tx.emit(event("second"));
                return true;
            });

            Refusal.of(
                    OutboxFull.class,
                    "a full outbox refuses the change rather than leave it unrecorded",
                    () -> small.writeQueue(tx -> changeEverything(tx, pending)));
            assertThat(small.queues().queue(MAIL)).as("nothing was changed").isEqualTo(Queue.unset(MAIL));
            assertThat(small.outbox().waiting())
                    .as("what waits goes on waiting")
                    .isEqualTo(2);
            small.outbox().relay(9);
            small.writeQueue(tx -> changeEverything(tx, pending));
            EffectSamples.emit(small, EffectSamples.event("of the panel"));
            assertThat(small.outbox().waiting())
                    .as("effects of both stores wait")
                    .isEqualTo(2);
            assertThat(small.outbox().relay(9).moved())
                    .as("effects of both stores are delivered")
                    .isEqualTo(2);
            assertThat(recorded(small))
                    .as("it goes on when there is room")
                    .containsExactlyInAnyOrder("first", "second", "changed", "of the panel");
            assertThat(small.outbox().waiting()).as("nothing waits").isZero();
        }
    }

    private static StorageOptions outboxMax(StorageOptions options, int max) {
        return new StorageOptions(
                options.url(),
                options.password(),
                options.timeout(),
                max,
                false,
                options.engineOptions(),
                options.clock());
    }

    @Test
    default void eventsAreDeliveredOnceHoweverManyRelay() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String target = "e" + i;
                harness.storage().writeQueue(tx -> {
                    tx.emit(event(target));
                    return true;
                });
                expected.add(target);
            }

            Race.answers(Race.of(4, i -> () -> {
                Storage mine = i % 2 == 0 ? harness.storage() : other;
                int moved = 0;
                while (mine.outbox().waiting() > 0) {
                    moved += mine.outbox().relay(7).moved();
                }
                return moved;
            }));

            assertThat(recorded(other))
                    .as("however many relay at once, an event is delivered exactly once, and in order")
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    default void workOnTheQueueStoreThatCallsTheStorageIsRefused() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            List<Runnable> calls = List.of(
                    () -> storage.jobs().counts(),
                    () -> storage.queues().pause(MAIL),
                    () -> storage.schedules().schedules(),
                    () -> storage.settings().settings(),
                    () -> storage.audit().size(),
                    () -> storage.writeQueue(tx -> true),
                    () -> storage.write(tx -> true),
                    () -> storage.outbox().relay(1));

            for (int i = 0; i < calls.size(); i++) {
                Runnable call = calls.get(i);
                Refusal.of(
                        IllegalStateException.class,
                        "work must not call the storage: call " + i,
                        () -> storage.writeQueue(tx -> {
                            tx.queues().limit(MAIL, maxRunning(1));
                            call.run();
                            return true;
                        }));
                assertThat(storage.queues().queues())
                        .as("a failed transaction rolls back everything")
                        .isEmpty();
            }
            Refusal.of(
                    IllegalStateException.class,
                    "work on the panel store must not call the queue store",
                    () -> storage.write(tx -> storage.writeQueue(inner -> true)));
        }
    }

    @Test
    default void aQueueTransactionThatHasEndedIsRefused() {
        try (StorageHarness harness = fresh()) {
            AtomicReference<QueueTransaction> kept = new AtomicReference<>();
            AtomicReference<JobQueueRepository> jobs = new AtomicReference<>();
            AtomicReference<QueueRepository> queues = new AtomicReference<>();
            AtomicReference<ScheduleRepository> schedules = new AtomicReference<>();
            harness.storage().writeQueue(tx -> {
                kept.set(tx);
                jobs.set(tx.jobs());
                queues.set(tx.queues());
                schedules.set(tx.schedules());
                return true;
            });

            Refusal.afterItsTransaction(EveryMethod.failures(JobQueueRepository.class, jobs.get()));
            Refusal.afterItsTransaction(EveryMethod.failures(QueueRepository.class, queues.get()));
            Refusal.afterItsTransaction(EveryMethod.failures(ScheduleRepository.class, schedules.get()));
            List<Runnable> calls = List.of(
                    () -> kept.get().emit(event("never")),
                    () -> kept.get().jobs().counts(),
                    () -> kept.get().queues().queues(),
                    () -> kept.get().schedules().schedules());
            calls.forEach(call -> Refusal.of(
                    IllegalStateException.class, "a transaction is good only until its work returns", call::run));
        }
    }

    @Test
    default void aQueueTransactionIsRefusedOnAnotherThread() {
        try (StorageHarness harness = fresh()) {
            Throwable thrown = harness.storage().writeQueue(tx -> {
                JobQueueRepository jobs = tx.jobs();
                return Refusal.onAnotherThread(jobs::counts);
            });

            assertThat(thrown)
                    .as("a transaction is good only on the thread that runs the work")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void aQueueTransactionThatFailsDoesNotHarmItsNeighbours() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            List<Race.Outcome<Boolean>> outcomes = Race.of(
                    8,
                    i -> () -> storage.writeQueue(tx -> {
                        JobSamples.enqueue(tx.jobs(), work());
                        tx.emit(event("e" + i));
                        if (i % 4 == 0) {
                            throw new IllegalArgumentException("number " + i);
                        }
                        return true;
                    }));

            assertThat(Race.failures(outcomes))
                    .as("who throws fails alone, with what it threw")
                    .extracting(Throwable::getMessage)
                    .containsExactly("number 0", "number 4");
            assertThat(storage.jobs().counts().get(0).jobs())
                    .as("the others are committed")
                    .containsEntry(JobState.PENDING, 6L);
            assertThat(storage.outbox().waiting()).as("and their events wait").isEqualTo(6);
        }
    }
}
