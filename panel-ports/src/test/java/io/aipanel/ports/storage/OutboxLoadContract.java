package io.aipanel.ports.storage;

import static io.aipanel.ports.jobs.JobSamples.work;
import static io.aipanel.ports.storage.EffectSamples.emit;
import static io.aipanel.ports.storage.EffectSamples.enqueue;
import static io.aipanel.ports.storage.EffectSamples.event;
import static io.aipanel.ports.storage.EffectSamples.setting;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.ports.audit.AuditSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds when the outbox is full, and when many write and deliver at the same moment. */
public interface OutboxLoadContract extends StoreContract {

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
    default void aFullOutboxRefusesTheChangeRatherThanLeaveItUnrecorded() {
        try (StorageHarness harness = fresh();
                Storage small = harness.openAnother(options -> new StorageOptions(
                        options.url(),
                        options.password(),
                        options.timeout(),
                        3,
                        false,
                        options.engineOptions(),
                        options.clock()))) {
            emit(small, event("a"), enqueue(work()));
            emit(small, event("b"));

            Refusal.of(
                    OutboxFull.class,
                    "a full outbox refuses the change",
                    () -> small.write(tx -> {
                        tx.settings().put(setting("panel.name", "x"));
                        tx.emit(event("never"));
                        return true;
                    }));
            assertThat(small.settings().settings()).as("nothing was changed").isEmpty();
            assertThat(small.outbox().waiting())
                    .as("what waits goes on waiting")
                    .isEqualTo(3);
            small.settings().put(setting("panel.other", "x"));

            small.outbox().relay(1);
            emit(small, event("c"));
            small.outbox().relay(9);
            assertThat(recorded(small)).as("it goes on when there is room").containsExactly("a", "b", "c");
        }
    }

    @Test
    default void aTransactionWithMoreEffectsThanTheOutboxHoldsIsRefused() {
        try (StorageHarness harness = fresh();
                Storage small = harness.openAnother(options -> new StorageOptions(
                        options.url(),
                        options.password(),
                        options.timeout(),
                        3,
                        false,
                        options.engineOptions(),
                        options.clock()))) {
            Refusal.of(
                    OutboxFull.class,
                    "a full outbox refuses the change",
                    () -> emit(small, event("a"), event("b"), event("c"), event("d")));
            assertThat(small.outbox().waiting()).as("nothing of it waits").isZero();

            emit(small, event("a"), event("b"), event("c"));
            assertThat(small.outbox().waiting())
                    .as("the bound itself is allowed")
                    .isEqualTo(3);
        }
    }

    @Test
    default void relaysOfTwoOpeningsDeliverEachEffectOnce() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            Storage storage = harness.storage();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                emit(storage, event("e" + i), enqueue(work()));
                expected.add("e" + i);
            }
            List<Callable<Integer>> relays = List.of(
                    () -> relayAll(storage), () -> relayAll(other), () -> relayAll(storage), () -> relayAll(other));

            Race.answers(Race.between(relays));

            assertThat(recorded(storage))
                    .as("however many relay at once, an effect is delivered exactly once")
                    .containsExactlyElementsOf(expected);
            assertThat(storage.jobs()
                            .jobs(JobFilter.ALL, PageRequest.first(1000))
                            .items())
                    .as("however many relay at once, an effect is delivered exactly once")
                    .hasSize(60);
            assertThat(storage.outbox().setAside(9))
                    .as("nobody sets aside what another has moved")
                    .isEmpty();
        }
    }

    private static int relayAll(Storage storage) {
        int moved = 0;
        while (storage.outbox().waiting() > 0) {
            moved += storage.outbox().relay(7).moved();
        }
        return moved;
    }

    @Test
    default void effectsThatAreEmittedWhileOthersAreMovedAreNotLost() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int racer = 0; racer < 3; racer++) {
                String name = "r" + racer + "-";
                racers.add(() -> {
                    for (int i = 0; i < 20; i++) {
                        emit(storage, event(name + i));
                    }
                    return 20;
                });
            }
            racers.add(() -> {
                int moved = 0;
                for (int i = 0; i < 20; i++) {
                    moved += storage.outbox().relay(5).moved();
                }
                return moved;
            });

            Race.answers(Race.between(racers));
            relayAll(storage);

            List<String> recorded = arrived(storage);
            assertThat(recorded).as("no effect is lost or doubled").doesNotHaveDuplicates();
            for (int racer = 0; racer < 3; racer++) {
                String name = "r" + racer + "-";
                assertThat(recorded.stream().filter(target -> target.startsWith(name)))
                        .as("effects of one caller keep their order")
                        .containsExactlyElementsOf(
                                IntStream.range(0, 20).mapToObj(i -> name + i).toList());
            }
            assertThat(storage.audit().size())
                    .as("no effect is lost or doubled")
                    .isEqualTo(60);
        }
    }
}
