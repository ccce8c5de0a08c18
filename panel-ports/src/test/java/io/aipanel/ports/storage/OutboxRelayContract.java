package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.untried;
import static io.aipanel.ports.jobs.JobSamples.work;
import static io.aipanel.ports.storage.EffectSamples.emit;
import static io.aipanel.ports.storage.EffectSamples.enqueue;
import static io.aipanel.ports.storage.EffectSamples.event;
import static io.aipanel.ports.storage.EffectSamples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.jobs.JobSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How the effects of changes reach the other stores: exactly once, in order. */
public interface OutboxRelayContract extends StoreContract {

    private static List<String> recorded(Storage storage) {
        return AuditSamples.targets(Paging.all(1000, page -> storage.audit().events(AuditFilter.OLDEST, page)));
    }

    /** In the order of their indexes, which is the order of arrival. */
    private static List<String> arrived(Storage storage) {
        return LongStream.range(0, storage.audit().size())
                .mapToObj(i -> storage.audit()
                        .event(i)
                        .map(each -> each.event().target())
                        .orElse("(missing)"))
                .toList();
    }

    @Test
    default void anEventReachesTheLogWithEveryPart() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            List<NewAuditEvent> events = new ArrayList<>(HostileTexts.IN_ORDER.stream()
                    .map(text -> AuditSamples.event(AuditSamples.T0.minusNanos(1000), text, "a.b", text))
                    .toList());
            events.add(new NewAuditEvent(
                    AuditSamples.T0,
                    "x",
                    "a",
                    "",
                    AuditOutcome.FAILURE,
                    Optional.empty(),
                    Optional.empty(),
                    new JsonText("\"" + "x".repeat(Text.DOCUMENT_BYTES - 2) + "\"")));
            events.forEach(each -> emit(storage, record(each)));

            OutboxRelay.Relayed relayed = storage.outbox().relay(1000);

            assertThat(relayed).as("all were moved").isEqualTo(new OutboxRelay.Relayed(events.size(), List.of()));
            assertThat(Paging.all(10, page -> storage.audit().events(AuditFilter.OLDEST, page)))
                    .as("an event reaches the log with every part")
                    .extracting(AuditEvent::event)
                    .containsExactlyElementsOf(events);
        }
    }

    @Test
    default void aJobReachesTheQueueWithEveryPart() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            NewJob wanted = work().queue("other")
                    .payload("{ \"b\":\"\uD83D\uDE00\" }")
                    .priority(-7)
                    .runAt(harness.now().plusSeconds(3600))
                    .uniqueKey("'; %_\\", Duration.ofMinutes(7))
                    .concurrencyKey("\uD83D\uDE00")
                    .retry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)));
            emit(storage, enqueue(wanted), enqueue(work()));

            storage.outbox().relay(9);

            List<Job> jobs =
                    storage.jobs().jobs(JobFilter.ALL, PageRequest.first(9)).items();
            assertThat(jobs).as("both jobs arrived").hasSize(2);
            Job job = jobs.get(1);
            assertThat(job)
                    .as("a job reaches the queue with every part")
                    .isEqualTo(untried(
                            job.id(), wanted, job.createdAt(), wanted.runAt().orElseThrow()));
            assertThat(claimOne(storage.jobs()).job().id())
                    .as("a job without a time can run at once")
                    .isEqualTo(jobs.get(0).id());
        }
    }

    @Test
    default void effectsWaitUntilTheyAreMoved() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            emit(storage, event("a"), enqueue(work()));

            assertThat(storage.outbox().waiting()).as("both wait").isEqualTo(2);
            assertThat(storage.audit().size()).as("nothing was moved yet").isZero();
            assertThat(storage.outbox().relay(9).moved()).as("both are moved").isEqualTo(2);
            assertThat(storage.outbox().waiting()).as("nothing waits").isZero();
        }
    }

    @Test
    default void anEffectIsMovedOnce() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            emit(storage, event("a"), enqueue(work()));
            storage.outbox().relay(9);

            assertThat(storage.outbox().relay(9))
                    .as("nothing is left")
                    .isEqualTo(new OutboxRelay.Relayed(0, List.of()));
            assertThat(recorded(storage))
                    .as("an effect is delivered exactly once")
                    .containsExactly("a");
            assertThat(storage.jobs().jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("an effect is delivered exactly once")
                    .hasSize(1);
        }
    }

    @Test
    default void aJobThatHasEndedAndWasRemovedIsNotDeliveredAgain() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            emit(storage, enqueue(work()));
            storage.outbox().relay(9);
            complete(storage.jobs(), claimOne(storage.jobs()).lease(), Optional.empty());
            storage.jobs().prune(JobState.COMPLETED, harness.now().plusSeconds(3600), 9);

            storage.outbox().relay(9);

            assertThat(storage.jobs().claim(JobSamples.request(9)))
                    .as("an effect is delivered exactly once")
                    .isEmpty();
        }
    }

    @Test
    default void effectsKeepTheirOrder() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                emit(storage, event("a" + i), enqueue(work().payload("\"" + i + "\"")), event("b" + i));
                expected.addAll(List.of("a" + i, "b" + i));
            }

            storage.outbox().relay(100);

            assertThat(arrived(storage)).as("effects keep their order").containsExactlyElementsOf(expected);
            assertThat(storage.jobs().jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("effects keep their order, the newest job first")
                    .extracting(job -> job.payload().value())
                    .containsExactly("\"4\"", "\"3\"", "\"2\"", "\"1\"", "\"0\"");
        }
    }

    @Test
    default void noMoreEffectsAreMovedThanAskedForAndTheOldestFirst() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            for (int i = 0; i < 5; i++) {
                emit(storage, event("e" + i));
            }

            assertThat(storage.outbox().relay(2).moved())
                    .as("no more than asked for")
                    .isEqualTo(2);
            assertThat(recorded(storage)).as("the oldest first").containsExactly("e0", "e1");
            assertThat(storage.outbox().relay(2).moved())
                    .as("no more than asked for")
                    .isEqualTo(2);
            assertThat(storage.outbox().relay(2).moved()).as("what is left").isEqualTo(1);
            assertThat(recorded(storage)).as("the order is kept").containsExactly("e0", "e1", "e2", "e3", "e4");
        }
    }

    @Test
    default void effectsOfAFailedTransactionAreNeverDelivered() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            IllegalArgumentException mine = new IllegalArgumentException("mine");
            assertThat(catchThrowable(() -> storage.write(tx -> {
                        tx.emit(event("never"));
                        tx.emit(enqueue(work()));
                        throw mine;
                    })))
                    .as("what the work throws is thrown as it is")
                    .isSameAs(mine);
            emit(storage, event("a"));

            storage.outbox().relay(9);

            assertThat(recorded(storage))
                    .as("only what was committed is delivered")
                    .containsExactly("a");
            assertThat(storage.jobs().counts())
                    .as("only what was committed is delivered")
                    .isEmpty();
        }
    }

    @Test
    default void aJobWhoseUniqueKeyIsTakenHoldsUpNobody() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            List<Enqueued> first = storage.jobs().enqueue(List.of(work().uniqueKey("key")));
            emit(storage, enqueue(work().uniqueKey("key")), enqueue(work().uniqueKey("free")), event("a"));

            OutboxRelay.Relayed relayed = storage.outbox().relay(9);

            assertThat(relayed)
                    .as("a taken unique key is no failure: the job is there already")
                    .isEqualTo(new OutboxRelay.Relayed(3, List.of()));
            assertThat(storage.jobs().jobs(JobFilter.ALL, PageRequest.first(9)).items())
                    .as("the key is there once")
                    .hasSize(2)
                    .last()
                    .satisfies(
                            job -> assertThat(job.id()).isEqualTo(first.get(0).id()));
        }
    }

    @Test
    default void nothingIsSetAsideThatCouldBeDelivered() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            emit(storage, event("a"));

            assertThat(storage.outbox().setAside(9))
                    .as("a waiting effect is not set aside")
                    .isEmpty();
            storage.outbox().relay(9);
            assertThat(storage.outbox().setAside(9)).as("nothing was refused").isEmpty();
        }
    }

    @Test
    default void askingForNothingIsRefused() {
        try (StorageHarness harness = fresh()) {
            OutboxRelay outbox = harness.storage().outbox();

            for (int max : new int[] {0, -1}) {
                Refusal.of(IllegalArgumentException.class, "at least one effect", () -> outbox.relay(max));
                Refusal.of(IllegalArgumentException.class, "at least one effect", () -> outbox.setAside(max));
            }
        }
    }
}
