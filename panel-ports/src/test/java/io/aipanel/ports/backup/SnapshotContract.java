package io.aipanel.ports.backup;

import static io.aipanel.ports.backup.BackupSamples.addSite;
import static io.aipanel.ports.backup.BackupSamples.owner;
import static io.aipanel.ports.backup.BackupSamples.rows;
import static io.aipanel.ports.backup.BackupSamples.targets;
import static io.aipanel.ports.backup.BackupSamples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a snapshot holds, and for how long. */
public interface SnapshotContract extends StoreContract {

    @Test
    default void aSnapshotHoldsWhatWasCommittedAndNothingLater() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options);
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            write(storage, anna, "before");
            Map<StoreName, Map<String, Long>> before = rows(storage);
            try (Snapshot snapshot = storage.snapshot()) {
                write(storage, anna, "after");
                Map<StoreName, Path> files = new EnumMap<>(StoreName.class);
                for (StoreName store : StoreName.values()) {
                    files.put(store, copies.copy(snapshot, store));
                    write(other, anna, "besides" + store.wireName());
                    storage.outbox().relay(100);
                }

                assertThat(Copies.rows(copies.examine(files)))
                        .as("all that was committed before the snapshot is in it, and nothing later, whoever writes it")
                        .isEqualTo(before);
            }
        }
    }

    @Test
    default void copiesHoldEveryValueAsItWas() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            write(storage, anna, "site");
            for (String text : HostileTexts.IN_ORDER) {
                storage.iam()
                        .updateUser(storage.iam().user(anna.id()).orElseThrow().withDisplayName(text));
                storage.write(tx -> {
                    BackupSamples.emit(tx, text);
                    return true;
                });
            }
            storage.outbox().relay(HostileTexts.IN_ORDER.size());

            Storage copied = harness.openCopies(copies.copyAll());

            assertThat(copied.iam().user(anna.id()))
                    .as("a copy holds every value as it was")
                    .isEqualTo(storage.iam().user(anna.id()));
            assertThat(Paging.all(100, page -> copied.hosting().sites(SiteFilter.ALL, page)))
                    .as("a copy holds every value as it was")
                    .isEqualTo(Paging.all(100, page -> storage.hosting().sites(SiteFilter.ALL, page)));
            assertThat(copied.audit().part(0, 1000))
                    .as("a copy holds every value as it was")
                    .isEqualTo(storage.audit().part(0, 1000));
            assertThat(copied.outbox().waiting())
                    .as("what waits in the outbox waits in the copy")
                    .isEqualTo(storage.outbox().waiting());
            assertThat(copied.check()).as("what a copy holds is sound").isEmpty();
        }
    }

    @Test
    default void aChangeAndItsEffectAreInASnapshotTogether() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options);
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            Random random = HostileTexts.random("aChangeAndItsEffectAreInASnapshotTogether");
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            List<Map<StoreName, Path>> taken = new ArrayList<>();
            List<Callable<Boolean>> racers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Storage mine = i % 3 == 0 ? other : storage;
                racers.add(() -> {
                    while (!enough.get()) {
                        addSite(mine, anna, "site" + written.incrementAndGet() + ".example.com");
                    }
                    return true;
                });
            }
            for (Storage relaying : List.of(storage, other)) {
                int most = random.nextInt(1, 20);
                racers.add(() -> {
                    while (!enough.get()) {
                        relaying.outbox().relay(most);
                    }
                    return true;
                });
            }
            racers.add(() -> {
                try {
                    for (int i = 0; i < 3; i++) {
                        int more = written.get() + random.nextInt(20, 60);
                        await().until(() -> written.get() >= more);
                        taken.add(copies.copyAll());
                    }
                    return true;
                } finally {
                    enough.set(true);
                }
            });

            Race.answers(Race.between(racers));

            for (Map<StoreName, Path> files : taken) {
                Storage copied = harness.openCopies(files);
                while (copied.outbox().waiting() > 0) {
                    copied.outbox().relay(1000);
                }
                assertThat(targets(copied))
                        .as("a change and its effect are in a snapshot together, or neither is")
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(
                                Paging.all(1000, page -> copied.hosting().sites(SiteFilter.ALL, page)).stream()
                                        .map(site -> site.hostName())
                                        .map(HostName::value)
                                        .toList());
            }
        }
    }

    @Test
    default void aSnapshotTellsItsInstant() {
        try (StorageHarness harness = fresh()) {
            Instant before = harness.now();
            try (Snapshot snapshot = harness.storage().snapshot()) {
                assertThat(snapshot.at())
                        .as("the instant is the present, by the storage's clock")
                        .isBetween(
                                before.minus(Duration.ofSeconds(1)),
                                harness.now().plus(Duration.ofSeconds(1)));
            }
        }
    }

    @Test
    default void snapshotsBesideEachOtherHaveEachTheirOwnInstant() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            try (Snapshot first = storage.snapshot()) {
                addSite(storage, anna, "one.example.com");
                try (Snapshot second = storage.snapshot()) {
                    addSite(storage, anna, "two.example.com");

                    assertThat(sites(copies, second)).as("one site was there").isEqualTo(1);
                    assertThat(sites(copies, first)).as("no site was there").isZero();
                }
                assertThat(sites(copies, first))
                        .as("that one is closed leaves the other open")
                        .isZero();
            }
        }
    }

    private static long sites(Copies copies, Snapshot snapshot) {
        Path file = copies.copy(snapshot, StoreName.PANEL);
        return copies.examine(Map.of(StoreName.PANEL, file))
                .get(StoreName.PANEL)
                .rows()
                .get("sites");
    }

    @Test
    default void aSnapshotOfAClosedStorageIsRefused() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            storage.close();

            Refusal.unavailable(
                    StoreUnavailable.Reason.CLOSED, "a closed storage says that it is closed", storage::snapshot);
        }
    }

    @Test
    default void aCopyOutOfAStorageThatWasClosedSinceIsRefused() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness);
                Snapshot snapshot = harness.storage().snapshot()) {
            harness.storage().close();

            Refusal.unavailable(
                    StoreUnavailable.Reason.CLOSED,
                    "a closed storage says that it is closed",
                    () -> snapshot.copy(StoreName.PANEL, copies.place("late"), Copies.UNHEARD));
            assertThat(copies.place("late")).as("what is refused makes no file").doesNotExist();
        }
    }

    @Test
    default void workInATransactionMustNotTakeASnapshot() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();

            String rule = "work must not call the storage";
            Refusal.of(IllegalStateException.class, rule, () -> storage.write(tx -> storage.snapshot()));
            Refusal.of(IllegalStateException.class, rule, () -> storage.writeQueue(tx -> storage.snapshot()));
        }
    }

    @Test
    default void aSnapshotIsClosedOnceAndNotUsedAfterwards() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Snapshot snapshot = harness.storage().snapshot();
            snapshot.close();
            snapshot.close();

            Refusal.of(
                    IllegalStateException.class,
                    "a snapshot that is closed holds nothing",
                    () -> snapshot.copy(StoreName.AUDIT, copies.place("late"), Copies.UNHEARD));
            assertThat(copies.place("late")).as("what is refused makes no file").doesNotExist();
            addSite(harness.storage(), owner(harness.storage()), "example.com");
            assertThat(harness.storage().hosting().siteCount())
                    .as("the storage goes on")
                    .isEqualTo(1);
        }
    }
}
