package io.aipanel.ports.backup;

import static io.aipanel.ports.backup.BackupSamples.owner;
import static io.aipanel.ports.backup.BackupSamples.rows;
import static io.aipanel.ports.backup.BackupSamples.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.jobs.JobSamples;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A snapshot that lets nobody write while it is open: a capability. Where the engine lacks it, each rule is that it is refused
 * by name.
 */
public interface HeldSnapshotContract extends StoreContract {

    /** Whether the engine has such snapshots. */
    boolean holdsWritersBack();

    /** What is done with a storage. */
    @FunctionalInterface
    interface Use {
        /** Does it. */
        void with(StorageHarness harness, Copies copies) throws IOException;
    }

    private void where(Use use) {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            if (holdsWritersBack()) {
                use.with(harness, copies);
                return;
            }
            UnsupportedOperationException refused = Refusal.of(
                    UnsupportedOperationException.class,
                    "what the engine cannot do is refused",
                    () -> harness.storage().heldSnapshot());
            assertThat(refused)
                    .as("the refusal says what can be done instead")
                    .hasMessageContaining("make the backup without the method checkpoint");
            write(harness.storage(), owner(harness.storage()), "word");
        } catch (IOException e) {
            throw new AssertionError("files can be used", e);
        }
    }

    @Test
    default void itsCopiesHoldWhatWasCommittedToTheLast() {
        where((harness, copies) -> {
            Storage storage = harness.storage();
            User anna = owner(storage);
            write(storage, anna, "one");
            try (Storage other = harness.openAnother(options -> options)) {
                write(other, anna, "two");
                Map<StoreName, Path> files = new EnumMap<>(StoreName.class);
                try (Snapshot snapshot = storage.heldSnapshot()) {
                    for (StoreName store : StoreName.values()) {
                        files.put(store, copies.copy(snapshot, store));
                    }
                }

                Map<StoreName, CopyReport> reports = copies.examine(files);
                assertThat(reports.values())
                        .as("copies are sound")
                        .allSatisfy(report -> assertThat(report.problems()).isEmpty());
                assertThat(Copies.rows(reports))
                        .as("all that was committed is in the copies, whoever has written it")
                        .isEqualTo(rows(storage));
                Storage copied = harness.openCopies(files);
                assertThat(copied.check()).as("what a copy holds is sound").isEmpty();
                assertThat(copied.audit().tree())
                        .as("what a copy holds is as it was")
                        .isEqualTo(storage.audit().tree());
                write(storage, anna, "after");
            }
        });
    }

    @Test
    default void whileItIsHeldNobodyWritesAndEverybodyReads() {
        where((harness, copies) -> {
            Storage storage = harness.storage();
            User anna = owner(storage);
            write(storage, anna, "before");
            Map<StoreName, Map<String, Long>> before = rows(storage);
            try (Storage impatient = harness.openAnother(HeldSnapshotContract::impatient)) {
                try (Snapshot snapshot = storage.heldSnapshot()) {
                    for (Runnable write : writes(impatient)) {
                        Refusal.unavailable(
                                StoreUnavailable.Reason.TIMED_OUT,
                                "nobody writes while it is held, and those who try are refused when their time is over",
                                write::run);
                    }
                    assertThat(rows(impatient))
                            .as("whoever reads goes on")
                            .isEqualTo(rows(storage))
                            .isEqualTo(before);
                    assertThat(snapshot.at())
                            .isBetween(
                                    harness.now().minus(Duration.ofMinutes(1)),
                                    harness.now().plus(Duration.ofSeconds(1)));
                }
                writes(storage).forEach(Runnable::run);
            }
        });
    }

    private static StorageOptions impatient(StorageOptions options) {
        return new StorageOptions(
                options.url(),
                options.password(),
                Duration.ofMillis(100),
                options.outboxMax(),
                false,
                options.engineOptions(),
                options.clock());
    }

    /** One for each store. */
    private static List<Runnable> writes(Storage storage) {
        return List.of(
                () -> storage.settings()
                        .put(new StoredSetting(new SettingName("panel.name"), "new", false, IamSamples.T0)),
                () -> storage.audit().append(List.of(AuditSamples.event("new"))),
                () -> storage.jobs().enqueue(List.of(JobSamples.work())));
    }

    @Test
    default void aCopyIsANewFileForItsOwnerOnly() {
        where((harness, copies) -> {
            Path there = Files.writeString(copies.place("there"), "precious");
            try (Snapshot snapshot = harness.storage().heldSnapshot()) {
                for (StoreName store : StoreName.values()) {
                    StoreMisconfigured refused = Refusal.of(
                            StoreMisconfigured.class,
                            "a file that is there is not written over",
                            () -> snapshot.copy(store, there, Copies.UNHEARD));
                    assertThat(refused).as("it is said which file").hasMessageContaining(there.toString());
                    Path nowhere = copies.place("nowhere").resolve("copy");
                    refused = Refusal.of(
                            StoreMisconfigured.class,
                            "where no file can be made that is said",
                            () -> snapshot.copy(store, nowhere, Copies.UNHEARD));
                    assertThat(refused).as("it is said which file").hasMessageContaining(nowhere.toString());

                    Path copy = copies.copy(snapshot, store);
                    assertThat(copy).as("a copy is called after its store").hasFileName(snapshot.fileName(store));
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                            .as("who may read a copy")
                            .isEqualTo("rw-------");
                }
            }
            assertThat(there).as("a file that is there is left as it is").hasContent("precious");
        });
    }

    @Test
    default void progressIsToldAndWhoeverHearsOfItCanEndTheCopy() {
        where((harness, copies) -> {
            write(harness.storage(), owner(harness.storage()), "word");
            try (Snapshot snapshot = harness.storage().heldSnapshot()) {
                for (StoreName store : StoreName.values()) {
                    Path file = copies.place(store.wireName());
                    IllegalArgumentException enough = new IllegalArgumentException("enough");
                    Throwable thrown = Refusal.of(
                            IllegalArgumentException.class,
                            "what is thrown on hearing of progress ends the copy",
                            () -> snapshot.copy(store, file, (done, all) -> {
                                throw enough;
                            }));
                    assertThat(thrown).as("it comes out as it is").isSameAs(enough);
                    assertThat(file)
                            .as("a copy that was not finished is removed")
                            .doesNotExist();

                    List<Long> left = new ArrayList<>();
                    snapshot.copy(store, file, (done, all) -> left.add(all - done));
                    assertThat(left)
                            .as("never more than all is done, and in the end all")
                            .isNotEmpty()
                            .allMatch(bytes -> bytes >= 0)
                            .endsWith(0L);
                    assertThat(harness.provider().examine(store, file).problems())
                            .as("the snapshot is as good as before")
                            .isEmpty();
                }
            }
        });
    }

    @Test
    default void itIsClosedOnceAndNotUsedAfterwards() {
        where((harness, copies) -> {
            Snapshot snapshot = harness.storage().heldSnapshot();
            snapshot.close();
            snapshot.close();

            Refusal.of(
                    IllegalStateException.class,
                    "a snapshot that is closed holds nothing",
                    () -> snapshot.copy(StoreName.AUDIT, copies.place("late"), Copies.UNHEARD));
            assertThat(copies.place("late")).as("what is refused makes no file").doesNotExist();
            write(harness.storage(), owner(harness.storage()), "after");
        });
    }

    @Test
    default void aClosedStorageAndWorkInATransactionAreRefused() {
        where((harness, copies) -> {
            Storage storage = harness.storage();
            Refusal.of(
                    IllegalStateException.class,
                    "work must not call the storage",
                    () -> storage.write(tx -> storage.heldSnapshot()));
            try (Snapshot snapshot = storage.heldSnapshot()) {
                storage.close();
                Refusal.unavailable(
                        StoreUnavailable.Reason.CLOSED,
                        "a closed storage says that it is closed",
                        () -> snapshot.copy(StoreName.PANEL, copies.place("late"), Copies.UNHEARD));
            }
            Refusal.unavailable(
                    StoreUnavailable.Reason.CLOSED, "a closed storage says that it is closed", storage::heldSnapshot);
        });
    }
}
