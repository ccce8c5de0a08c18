package io.aipanel.ports.backup;

import static io.aipanel.ports.backup.BackupSamples.addSite;
import static io.aipanel.ports.backup.BackupSamples.owner;
import static io.aipanel.ports.backup.BackupSamples.rows;
import static io.aipanel.ports.backup.BackupSamples.targets;
import static io.aipanel.ports.backup.BackupSamples.write;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.backup.LogAfterwards.Kept;
import io.aipanel.ports.backup.LogAfterwards.Restarted;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is left of a storage, and of what came after, when its stores are replaced by copies. */
public interface RestorationContract extends StoreContract {

    /** What becomes of a log that nobody keeps. */
    Restarted RESTARTED = new Restarted("log.example/restored", AuditSamples.event("restarted"));

    /** What changes nothing. */
    Consumer<RestoredStores> NOTHING = stores -> {};

    @Test
    default void whatWasCopiedIsBackAndWhatCameLaterIsNot() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            storage.checkpoints().origin("log.example");
            write(storage, anna, "before");
            storage.outbox().relay(100);
            Map<StoreName, Map<String, Long>> before = rows(storage);
            List<String> logged = targets(storage);
            Path taken = copies.together();
            write(storage, anna, "after");
            storage.outbox().relay(100);
            storage.close();

            String aside = replace(harness, taken, RESTARTED, NOTHING);

            Storage restored = harness.openAnother(options -> options);
            assertThat(targets(restored))
                    .as("the copied log is back, and goes on with what says so")
                    .startsWith(logged.toArray(String[]::new))
                    .hasSize(logged.size() + 1)
                    .endsWith("restarted");
            assertThat(rows(restored).get(StoreName.PANEL))
                    .as("the copied panel store is back")
                    .isEqualTo(before.get(StoreName.PANEL));
            assertThat(rows(restored).get(StoreName.QUEUE).get("jobs"))
                    .as("the copied jobs are back")
                    .isEqualTo(before.get(StoreName.QUEUE).get("jobs"));
            assertThat(restored.check()).as("what was restored is sound").isEmpty();
            assertThat(restored.checkpoints().origin("unused"))
                    .as("a log that was set back has another name")
                    .isEqualTo(RESTARTED.origin());
            assertThat(restored.checkpoints().origins().current().orElseThrow().from())
                    .as("it begins where the copied log ends, before the event that says so")
                    .isEqualTo(logged.size());
            assertThat(aside).as("somebody can be told where the rest is").isNotBlank();
            write(restored, anna, "again");
            assertThat(restored.outbox().relay(100).moved())
                    .as("what was restored can be used")
                    .isPositive();
        }
    }

    @Test
    default void aLogThatIsKeptHasEachEventOnce() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            write(storage, anna, "logged");
            storage.outbox().relay(100);
            addSite(storage, anna, "twice.example.com");
            storage.write(tx -> {
                BackupSamples.emit(tx, "same");
                BackupSamples.emit(tx, "same");
                return true;
            });
            storage.writeQueue(tx -> {
                tx.emit(record("queue"));
                return true;
            });
            Path taken = copies.together();
            long copied = storage.audit().tree().size();
            storage.outbox().relay(100);
            addSite(storage, anna, "later.example.com");
            storage.outbox().relay(100);
            List<String> logged = targets(storage);
            LogTree tree = storage.audit().tree();
            storage.close();

            replace(harness, taken, new Kept(copied), stores -> stores.change(tx -> tx.emit(record("restored"))));

            Storage restored = harness.openAnother(options -> options);
            assertThat(restored.audit().tree()).as("the log stays as it is").isEqualTo(tree);
            restored.outbox().relay(100);
            assertThat(targets(restored))
                    .as("nothing is lost of the log, and nothing comes twice")
                    .startsWith(logged.toArray(String[]::new))
                    .hasSize(logged.size() + 1)
                    .endsWith("restored");
            assertThat(restored.hosting().siteByHostName(new HostName("later.example.com")))
                    .as("what came after the copies is gone")
                    .isEmpty();
        }
    }

    @Test
    default void eventsThatTheKeptLogLacksAreDeliveredToIt() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            storage.write(tx -> {
                BackupSamples.emit(tx, "waiting");
                BackupSamples.emit(tx, "waiting");
                return true;
            });
            Path taken = copies.together();
            long copied = storage.audit().tree().size();
            storage.close();

            replace(harness, taken, new Kept(copied), NOTHING);

            Storage restored = harness.openAnother(options -> options);
            restored.outbox().relay(100);
            assertThat(targets(restored))
                    .as("what waited and was never delivered still is")
                    .containsExactly("waiting", "waiting");
        }
    }

    @Test
    default void leasesAndIdsOfTheTimeThatIsGoneAreNeverGoodAgain() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            JobId running = enqueue(storage.jobs(), work());
            ClaimedJob before = claimOne(storage.jobs());
            JobId pending = enqueue(storage.jobs(), work());
            Path taken = copies.together();
            ClaimedJob later = claimOne(storage.jobs());
            JobId gone = enqueue(storage.jobs(), work());
            ClaimedJob ofGone = claimOne(storage.jobs());
            storage.close();

            replace(harness, taken, RESTARTED, NOTHING);

            Storage restored = harness.openAnother(options -> options);
            assertThat(complete(restored.jobs(), before))
                    .as("a lease from before the copies is no good")
                    .isFalse();
            assertThat(complete(restored.jobs(), later))
                    .as("a lease from after the copies is no good")
                    .isFalse();
            JobId fresh = enqueue(restored.jobs(), work());
            assertThat(fresh.value()).as("no id is given twice").isGreaterThan(gone.value());
            List<ClaimedJob> claimed = restored.jobs().claim(request(9));
            assertThat(ids(claimed))
                    .as("whatever was running or pending can be run")
                    .containsExactlyInAnyOrder(running, pending, fresh);
            assertThat(List.of(before, later, ofGone))
                    .as("no lease from before is good, now that there are new ones")
                    .noneMatch(old -> complete(restored.jobs(), old));
            assertThat(claimed).as("the new leases are good").allMatch(each -> complete(restored.jobs(), each));
        }
    }

    @Test
    default void leasesOfAnEarlierRestorationOfTheSameCopiesAreNoGood() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            enqueue(harness.storage().jobs(), work());
            Path taken = copies.together();
            Path again = copies.together();
            harness.storage().close();
            replace(harness, taken, RESTARTED, NOTHING);
            ClaimedJob before;
            try (Storage first = harness.openAnother(options -> options)) {
                before = claimOne(first.jobs());
            }
            harness.advance(Duration.ofSeconds(1));

            replace(harness, again, new Restarted("log.example/again", AuditSamples.event("restarted")), NOTHING);

            Storage second = harness.openAnother(options -> options);
            ClaimedJob now = claimOne(second.jobs());
            assertThat(complete(second.jobs(), before))
                    .as("a lease of the first restoration is no good")
                    .isFalse();
            assertThat(complete(second.jobs(), now)).as("the present one is").isTrue();
        }
    }

    @Test
    default void jobsThatWaitedInTheOutboxAreInTheirQueues() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            storage.write(tx -> {
                tx.emit(new Effect.Enqueue(new EffectId(UUID.randomUUID()), work().queue("mail")));
                return true;
            });
            Path taken = copies.together();
            storage.outbox().relay(100);
            storage.close();

            replace(
                    harness,
                    taken,
                    RESTARTED,
                    stores -> stores.changeQueue(
                            tx -> tx.jobs().counts().forEach(each -> tx.queues().pause(each.queue()))));

            Storage restored = harness.openAnother(options -> options);
            assertThat(restored.outbox().waiting()).as("nothing waits").isZero();
            assertThat(restored.jobs().claim(request("mail", 9)))
                    .as("who changes the queues sees them all")
                    .isEmpty();
            restored.queues().resume(new QueueName("mail"));
            assertThat(restored.jobs().claim(request("mail", 9)))
                    .as("the job is there once")
                    .hasSize(1);
        }
    }

    @Test
    default void whatIsChangedBeforeAnybodySeesItIsThere() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            User anna = owner(harness.storage());
            Path taken = copies.together();
            harness.storage().close();

            replace(harness, taken, RESTARTED, stores -> {
                stores.change(tx -> tx.iam()
                        .updateUser(tx.iam().user(anna.id()).orElseThrow().withDisplayName("restored")));
                stores.changeQueue(tx -> tx.queues().pause(QueueName.DEFAULT));
            });

            Storage restored = harness.openAnother(options -> options);
            assertThat(restored.iam().user(anna.id()).orElseThrow().displayName())
                    .as("a change of the panel store is in it")
                    .isEqualTo("restored");
            assertThat(restored.queues().queue(QueueName.DEFAULT).paused())
                    .as("a change of the queue store is in it")
                    .isTrue();
        }
    }

    @Test
    default void whateverFailsLeavesEverythingAsItWas() throws IOException {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            write(storage, anna, "before");
            Path taken = copies.together();
            Path damaged = copies.together();
            Path queue = copies.file(damaged, StoreName.QUEUE);
            Files.write(queue, new byte[] {'n', 'o'}, StandardOpenOption.TRUNCATE_EXISTING);
            write(storage, anna, "after");
            JobId last = enqueue(storage.jobs(), work());
            Map<StoreName, Map<String, Long>> rows = rows(storage);
            storage.close();

            Refusal.of(
                    StoreException.class,
                    "what cannot be read is not restored",
                    () -> replace(harness, damaged, RESTARTED, NOTHING));
            Refusal.of(
                    IllegalStateException.class,
                    "a change that fails ends the restoration",
                    () -> replace(harness, taken, RESTARTED, stores -> {
                        stores.change(tx -> tx.iam()
                                .updateUser(
                                        tx.iam().user(anna.id()).orElseThrow().withDisplayName("no")));
                        throw new IllegalStateException("no");
                    }));

            Storage same = harness.openAnother(options -> options);
            assertThat(rows(same)).as("nothing was changed").isEqualTo(rows);
            assertThat(job(same.jobs(), last)).as("nothing was changed").isNotNull();
            assertThat(harness.provider().discardReplaced(harness.options()))
                    .as("nothing was put aside")
                    .isEmpty();
        }
    }

    @Test
    default void whatIsReplacedIsPutAsideUntilItIsDiscarded() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Path taken = copies.together();
            Path again = copies.together();
            harness.storage().close();

            String first = replace(harness, taken, RESTARTED, NOTHING);
            String second = replace(
                    harness, again, new Restarted("log.example/again", AuditSamples.event("restarted")), NOTHING);

            assertThat(harness.provider().discardReplaced(harness.options()))
                    .as("each restoration has put something aside of its own")
                    .containsExactlyInAnyOrder(first, second)
                    .doesNotHaveDuplicates();
            assertThat(harness.provider().discardReplaced(harness.options()))
                    .as("what was discarded is gone")
                    .isEmpty();
            assertThat(harness.openAnother(options -> options).check())
                    .as("the storage stays")
                    .isEmpty();
        }
    }

    @Test
    default void thePresentStorageMustBeClosedBeforeItIsReplaced() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            User anna = owner(harness.storage());
            Path taken = copies.together();
            harness.storage().close();
            try (Restoration restoration = harness.provider().beginRestoration(harness.options())) {
                try (Storage present = restoration.openPresent().orElseThrow()) {
                    assertThat(present.iam().user(anna.id()))
                            .as("the present storage can be looked at")
                            .isPresent();
                    Refusal.of(
                            IllegalStateException.class,
                            "nobody must use what is replaced",
                            () -> restoration.replace(taken, RESTARTED, NOTHING));
                }
                restoration.replace(taken, RESTARTED, NOTHING);
                Refusal.of(
                        IllegalStateException.class,
                        "a restoration is done once",
                        () -> restoration.replace(taken, RESTARTED, NOTHING));
            }
        }
    }

    /** Replaces the stores by copies, having had a look at what is there. */
    private static String replace(
            StorageHarness harness, Path copies, LogAfterwards log, Consumer<RestoredStores> change) {
        try (Restoration restoration = harness.provider().beginRestoration(harness.options())) {
            restoration.openPresent().ifPresent(Storage::close);
            return restoration.replace(copies, log, change).orElseThrow();
        }
    }

    private static Effect.Record record(String target) {
        return new Effect.Record(new EffectId(UUID.randomUUID()), AuditSamples.event(target));
    }
}
