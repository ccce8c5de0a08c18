package io.aipanel.ports.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.jobs.JobSamples;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a storage tells of how long writes take. */
public interface WriteObserverContract extends StoreContract {

    /** Does something, and answers what an observer was told of it. */
    private static List<Told> told(Storage storage, int expected, Runnable work) {
        List<Told> told = new CopyOnWriteArrayList<>();
        try (Storage.Subscription subscription =
                storage.observeWrites((store, nanos) -> told.add(new Told(store, nanos)))) {
            work.run();
            // A caller may hear of a write before the observer does.
            await("every write is told").atMost(Duration.ofSeconds(10)).until(() -> told.size() >= expected);
            assertThat(subscription).isNotNull();
        }
        return told;
    }

    @Test
    default void everyWriteIsToldWithItsStore() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            List<Told> told = told(storage, 3, () -> {
                storage.settings().put(EffectSamples.setting("panel.name", "x"));
                storage.audit().append(List.of(AuditSamples.event("x")));
                storage.jobs().enqueue(List.of(JobSamples.work()));
            });

            assertThat(told)
                    .as("a write to each store is told with the name of the store")
                    .extracting(Told::store)
                    .containsAll(EnumSet.allOf(StoreName.class));
            assertThat(told).as("a write takes some time").allMatch(each -> each.nanos() > 0);
        }
    }

    @Test
    default void aWriteTakesAsLongAsItsCallerHasWaited() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            long began = System.nanoTime();

            List<Told> told = told(
                    storage,
                    1,
                    () -> storage.write(
                            transaction -> transaction.settings().put(EffectSamples.setting("panel.name", "x"))));

            assertThat(told)
                    .as("no write takes longer than what has passed")
                    .hasSize(1)
                    .allMatch(each -> each.store() == StoreName.PANEL && each.nanos() <= System.nanoTime() - began);
        }
    }

    @Test
    default void neitherReadsNorFailuresAreTold() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            List<Told> told = told(storage, 1, () -> {
                storage.settings().settings();
                assertThatThrownBy(() -> storage.write(transaction -> {
                            throw new IllegalStateException("not today");
                        }))
                        .hasMessage("not today");
                storage.settings().put(EffectSamples.setting("panel.name", "x"));
            });

            assertThat(told).as("only what has become durable is told").hasSize(1);
        }
    }

    @Test
    default void everySubscriptionHearsUntilItIsClosed() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            AtomicInteger heard = new AtomicInteger();
            WriteObserver observer = (store, nanos) -> heard.incrementAndGet();
            Storage.Subscription first = storage.observeWrites(observer);
            Storage.Subscription second = storage.observeWrites(observer);

            told(storage, 1, () -> storage.settings().put(EffectSamples.setting("panel.name", "a")));
            int both = heard.get();
            first.close();
            first.close();
            told(storage, 1, () -> storage.settings().put(EffectSamples.setting("panel.name", "b")));
            int one = heard.get();
            second.close();
            told(storage, 1, () -> storage.settings().put(EffectSamples.setting("panel.name", "c")));

            assertThat(List.of(both, one, heard.get()))
                    .as("whoever has closed a subscription hears nothing more by it")
                    .containsExactly(2, 3, 3);
        }
    }

    /** What an observer was told. */
    record Told(StoreName store, long nanos) {}
}
