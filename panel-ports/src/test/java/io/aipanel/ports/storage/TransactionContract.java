package io.aipanel.ports.storage;

import static io.aipanel.ports.storage.EffectSamples.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.hosting.HostingSamples;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.versions.VersionRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a transaction on the panel store promises. */
public interface TransactionContract extends StoreContract {

    @Test
    default void everythingOfATransactionIsThereWhenItReturns() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            User anna = IamSamples.user("anna@example.com", Role.USER);
            Component nginx = Component.unchecked(new ComponentName("nginx"));

            Site site = storage.write(tx -> {
                tx.iam().addUser(anna);
                tx.versions().save(nginx);
                tx.settings().put(setting("panel.name", "x"));
                tx.emit(EffectSamples.event("a"));
                return tx.hosting().addSite(HostingSamples.site(anna, "example.com"));
            });

            assertThat(storage.iam().user(anna.id())).as("the user is there").contains(anna);
            assertThat(storage.hosting().site(site.id()))
                    .as("the work's answer is answered")
                    .contains(site);
            assertThat(storage.versions().components())
                    .as("the component is there")
                    .containsExactly(nginx);
            assertThat(storage.settings().settings()).as("the setting is there").hasSize(1);
            assertThat(storage.outbox().waiting()).as("the effect waits").isEqualTo(1);
        }
    }

    @Test
    default void theWorkSeesItsOwnChanges() {
        try (StorageHarness harness = fresh()) {
            harness.storage().settings().put(setting("panel.name", "before"));

            boolean seen = harness.storage().write(tx -> {
                User anna = tx.iam().addUser(IamSamples.user("anna@example.com"));
                tx.settings().put(setting("panel.name", "after"));
                return tx.iam().users(PageRequest.first(9)).items().equals(List.of(anna))
                        && tx.settings().settings().equals(List.of(setting("panel.name", "after")));
            });

            assertThat(seen).as("the work sees its own changes").isTrue();
        }
    }

    @Test
    default void nobodySeesChangesBeforeTheyAreCommitted() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            try (HeldTransaction held = HeldTransaction.on(storage, "panel.name", "new")) {
                assertThat(storage.settings().setting(new SettingName("panel.name")))
                        .as("nobody sees changes before they are committed")
                        .isEmpty();
                held.finish();
            }
            assertThat(storage.settings().setting(new SettingName("panel.name")))
                    .as("everybody sees what was committed")
                    .contains(setting("panel.name", "new"));
        }
    }

    @Test
    default void whatTheWorkThrowsIsThrownAndNothingIsChanged() {
        try (StorageHarness harness = fresh()) {
            for (Throwable thrown : List.of(new IllegalArgumentException("mine"), new LinkageError("mine"))) {
                assertNothingChanged(harness.storage(), thrown, tx -> throwIt(thrown));
            }
        }
    }

    private static void throwIt(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    /** Runs work that makes changes of every kind and then ends as told. */
    private static void assertNothingChanged(Storage storage, Throwable expected, Consumer<PanelTransaction> end) {
        User anna = IamSamples.user("anna@example.com");
        Throwable thrown = catchThrowable(() -> storage.write(tx -> {
            tx.iam().addUser(anna);
            tx.hosting().addSite(HostingSamples.site(anna, "example.com"));
            tx.versions().save(Component.unchecked(new ComponentName("nginx")));
            tx.settings().put(setting("panel.name", "x"));
            tx.emit(EffectSamples.event("never"));
            end.accept(tx);
            return true;
        }));

        assertThat(thrown).as("what the work throws is thrown as it is").isSameAs(expected);
        assertThat(storage.iam().hasUsers())
                .as("a failed transaction rolls back everything")
                .isFalse();
        assertThat(storage.hosting().siteCount())
                .as("a failed transaction rolls back everything")
                .isZero();
        assertThat(storage.versions().components())
                .as("a failed transaction rolls back everything")
                .isEmpty();
        assertThat(storage.settings().settings())
                .as("a failed transaction rolls back everything")
                .isEmpty();
        assertThat(storage.outbox().waiting())
                .as("a failed transaction has no effects")
                .isZero();
    }

    @Test
    default void aRefusalThatTheWorkDoesNotCatchRollsEverythingBack() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            storage.iam().addUser(IamSamples.user("taken@example.com"));

            Refusal.alreadyExists(
                    "email",
                    "a refusal leaves the transaction",
                    () -> storage.write(tx -> {
                        tx.settings().put(setting("panel.name", "x"));
                        tx.emit(EffectSamples.event("never"));
                        return tx.iam().addUser(IamSamples.user("taken@example.com"));
                    }));

            assertThat(storage.settings().settings())
                    .as("a failed transaction rolls back everything")
                    .isEmpty();
            assertThat(storage.outbox().waiting())
                    .as("a failed transaction has no effects")
                    .isZero();
        }
    }

    @Test
    default void aRefusalThatTheWorkCatchesEndsTheTransactionAllTheSame() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            User owner = storage.iam().addUser(IamSamples.user("taken@example.com"));
            storage.hosting().addSite(HostingSamples.site(owner, "taken.example"));
            List<Consumer<PanelTransaction>> refused = List.of(
                    tx -> tx.iam().addUser(IamSamples.user("taken@example.com")),
                    tx -> tx.iam().updateUser(IamSamples.atVersion(owner, 9)),
                    tx -> tx.iam().removeUser(owner.id()),
                    tx -> tx.hosting().addSite(HostingSamples.site(owner, "free.example", "taken.example")));

            for (Consumer<PanelTransaction> change : refused) {
                Throwable thrown = catchThrowable(() -> storage.write(tx -> {
                    tx.settings().put(setting("panel.name", "x"));
                    return Optional.ofNullable(catchThrowable(() -> change.accept(tx)));
                }));

                assertThat(thrown)
                        .as("a refusal ends the transaction, even if the work goes on")
                        .isInstanceOf(StoreException.class);
                assertThat(storage.settings().settings())
                        .as("a failed transaction rolls back everything")
                        .isEmpty();
                assertThat(storage.hosting().siteCount())
                        .as("nothing is left of a refused change")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    default void workThatCallsTheStorageIsRefused() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            List<Runnable> calls = List.of(
                    () -> storage.iam().hasUsers(),
                    () -> storage.hosting().siteCount(),
                    () -> storage.versions().components(),
                    () -> storage.settings().put(setting("panel.other", "x")),
                    () -> storage.audit().size(),
                    () -> storage.jobs().counts(),
                    () -> storage.write(tx -> true),
                    () -> storage.outbox().relay(1),
                    () -> storage.report(),
                    () -> storage.check());

            for (int i = 0; i < calls.size(); i++) {
                Runnable call = calls.get(i);
                Refusal.of(
                        IllegalStateException.class,
                        "work must not call the storage: call " + i,
                        () -> storage.write(tx -> {
                            tx.settings().put(setting("panel.name", "x"));
                            call.run();
                            return true;
                        }));
                assertThat(storage.settings().settings())
                        .as("a failed transaction rolls back everything")
                        .isEmpty();
            }
        }
    }

    @Test
    default void aTransactionThatHasEndedIsRefused() {
        try (StorageHarness harness = fresh()) {
            AtomicReference<PanelTransaction> kept = new AtomicReference<>();
            AtomicReference<IamRepository> keptRepository = new AtomicReference<>();
            harness.storage().write(tx -> {
                kept.set(tx);
                keptRepository.set(tx.iam());
                return true;
            });

            Refusal.afterItsTransaction(EveryMethod.failures(IamRepository.class, keptRepository.get()));
            Refusal.of(
                    IllegalStateException.class,
                    "a transaction is good only until its work returns",
                    () -> kept.get().emit(EffectSamples.event("never")));
            List<Runnable> calls = List.of(
                    () -> kept.get().iam().hasUsers(),
                    () -> kept.get().hosting().siteCount(),
                    () -> kept.get().versions().components(),
                    () -> kept.get().settings().settings());
            calls.forEach(call -> Refusal.of(
                    IllegalStateException.class, "a transaction is good only until its work returns", call::run));
        }
    }

    @Test
    default void everyRepositoryOfATransactionThatHasEndedIsRefused() {
        try (StorageHarness harness = fresh()) {
            AtomicReference<HostingRepository> hosting = new AtomicReference<>();
            AtomicReference<VersionRepository> versions = new AtomicReference<>();
            AtomicReference<SettingsRepository> settings = new AtomicReference<>();
            harness.storage().write(tx -> {
                hosting.set(tx.hosting());
                versions.set(tx.versions());
                settings.set(tx.settings());
                return true;
            });

            Refusal.afterItsTransaction(EveryMethod.failures(HostingRepository.class, hosting.get()));
            Refusal.afterItsTransaction(EveryMethod.failures(VersionRepository.class, versions.get()));
            Refusal.afterItsTransaction(EveryMethod.failures(SettingsRepository.class, settings.get()));
        }
    }

    @Test
    default void aTransactionIsRefusedOnAnotherThread() {
        try (StorageHarness harness = fresh()) {
            Throwable thrown = harness.storage().write(tx -> {
                IamRepository iam = tx.iam();
                return Refusal.onAnotherThread(iam::hasUsers);
            });

            assertThat(thrown)
                    .as("a transaction is good only on the thread that runs the work")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void aTransactionThatFailsDoesNotHarmItsNeighbours() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            List<Race.Outcome<Boolean>> outcomes = Race.of(
                    16,
                    i -> () -> storage.write(tx -> {
                        tx.settings().put(setting("panel.s" + i, "x"));
                        tx.emit(EffectSamples.event("s" + i));
                        if (i % 4 == 0) {
                            throw new IllegalArgumentException("number " + i);
                        }
                        return true;
                    }));

            assertThat(Race.failures(outcomes))
                    .as("who throws fails alone, with what it threw")
                    .extracting(Throwable::getMessage)
                    .containsExactly("number 0", "number 4", "number 8", "number 12");
            assertThat(storage.settings().settings())
                    .as("the others are committed")
                    .hasSize(12)
                    .noneMatch(each -> each.name().value().equals("panel.s4"));
            assertThat(storage.outbox().waiting()).as("and their effects wait").isEqualTo(12);
        }
    }
}
