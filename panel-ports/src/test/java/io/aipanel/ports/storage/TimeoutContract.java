package io.aipanel.ports.storage;

import static io.aipanel.ports.storage.EffectSamples.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.jobs.JobSamples;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How long a caller waits for a store that somebody else holds. */
public interface TimeoutContract extends StoreContract {

    /** An impatient opening's time-out. */
    Duration SHORT = Duration.ofMillis(200);

    /** Far more than {@link #SHORT}, for a machine under load; far less than the patience of the holder. */
    Duration BOUND = Duration.ofSeconds(10);

    private static UnaryOperator<StorageOptions> impatient() {
        return options -> new StorageOptions(
                options.url(),
                options.password(),
                SHORT,
                options.outboxMax(),
                false,
                options.engineOptions(),
                options.clock());
    }

    private static void assertTimedOut(ThrowingCallable call) {
        long start = System.nanoTime();
        Refusal.unavailable(
                StoreUnavailable.Reason.TIMED_OUT, "who waits too long is told that nothing was changed", call);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("who waits is told in bounded time")
                .isBetween(SHORT.dividedBy(2), BOUND);
    }

    @Test
    default void aChangeThatWaitsForAnotherIsGivenUpInTime() {
        try (StorageHarness harness = fresh();
                Storage impatient = harness.openAnother(impatient());
                HeldTransaction held = HeldTransaction.on(harness.storage(), "panel.name", "held")) {

            assertTimedOut(() -> impatient.settings().put(setting("panel.name", "late")));

            held.finish();
            await("a store that answers again goes on")
                    .ignoreExceptionsInstanceOf(StoreUnavailable.class)
                    .until(() -> impatient.settings().settings().size() == 1);
            assertThat(harness.storage().settings().setting(new SettingName("panel.name")))
                    .as("a change that was given up is never made")
                    .contains(setting("panel.name", "held"));
        }
    }

    @Test
    default void aTransactionThatWaitsForAnotherIsGivenUpInTime() {
        try (StorageHarness harness = fresh();
                Storage impatient = harness.openAnother(impatient());
                HeldTransaction held = HeldTransaction.on(harness.storage(), "panel.name", "held")) {

            assertTimedOut(() -> impatient.write(tx -> {
                tx.emit(EffectSamples.event("never"));
                return tx.settings().put(setting("panel.name", "late"));
            }));

            held.finish();
            assertThat(harness.storage().outbox().waiting())
                    .as("what was given up has no effects")
                    .isZero();
        }
    }

    @Test
    default void everyoneWhoWaitsIsToldInTime() {
        try (StorageHarness harness = fresh();
                Storage impatient = harness.openAnother(impatient());
                HeldTransaction held = HeldTransaction.on(harness.storage(), "panel.name", "held")) {

            List<Race.Outcome<Boolean>> outcomes = Race.of(4, i -> () -> {
                assertTimedOut(() -> impatient.settings().put(setting("panel.name", "late" + i)));
                return true;
            });

            assertThat(Race.answers(outcomes))
                    .as("everyone who waits is told in time")
                    .hasSize(4);
            held.finish();
        }
    }

    @Test
    default void readersDoNotWaitForAWriter() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            storage.settings().put(setting("panel.name", "before"));
            try (HeldTransaction held = HeldTransaction.on(storage, "panel.name", "held")) {
                // A reader that waited would wait in vain: the transaction is held until the reader has its answer.
                assertThat(storage.settings().setting(new SettingName("panel.name")))
                        .as("readers do not wait for a writer")
                        .contains(setting("panel.name", "before"));
                held.finish();
            }
        }
    }

    @Test
    default void theOtherStoresDoNotWaitForThePanelStore() {
        try (StorageHarness harness = fresh();
                HeldTransaction held = HeldTransaction.on(harness.storage(), "panel.name", "held")) {
            assertThat(harness.storage().audit().append(List.of(AuditSamples.event("a"))))
                    .as("the audit log has its own writer")
                    .hasSize(1);
            assertThat(harness.storage().jobs().enqueue(List.of(JobSamples.work())))
                    .as("the queue has its own writer")
                    .hasSize(1);
            held.finish();
        }
    }

    @Test
    default void healthAnswersWhileAStoreIsHeld() {
        try (StorageHarness harness = fresh();
                Storage impatient = harness.openAnother(impatient());
                HeldTransaction held = HeldTransaction.on(harness.storage(), "panel.name", "held")) {

            long start = System.nanoTime();
            List<StoreHealth> health = impatient.health();

            assertThat(health)
                    .as("health answers for every store")
                    .extracting(StoreHealth::store)
                    .containsExactly(StoreName.values());
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("health answers in time")
                    .isLessThan(BOUND);
            held.finish();
        }
    }
}
