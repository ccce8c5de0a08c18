package io.aipanel.ports.backup;

import static io.aipanel.ports.backup.BackupSamples.owner;
import static io.aipanel.ports.backup.BackupSamples.rows;
import static io.aipanel.ports.backup.BackupSamples.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.User;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How stores are copied out of a snapshot, and what is said about the copies. */
public interface CopyContract extends StoreContract {

    @Test
    default void whatIsSaidAboutACopyIsWhatTheStorageSaid() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            write(storage, owner(storage), "word");
            storage.outbox().relay(3);
            storage.audit().cut(2, AuditSamples.event("cut"));

            Map<StoreName, CopyReport> reports = copies.examine(copies.copyAll());

            assertThat(Copies.rows(reports))
                    .as("the rows of each table are counted")
                    .isEqualTo(rows(storage));
            assertThat(reports.get(StoreName.AUDIT).tree())
                    .as("the tree over the audit log is told")
                    .contains(storage.audit().tree());
            assertThat(reports.get(StoreName.PANEL).tree())
                    .as("only one store has a tree")
                    .isEmpty();
            assertThat(reports.get(StoreName.QUEUE).tree())
                    .as("only one store has a tree")
                    .isEmpty();
            for (StorageReport.StoreReport store : storage.report().stores()) {
                CopyReport report = reports.get(store.store());
                assertThat(report.problems())
                        .as("nothing is wrong with the copy of %s", store.store())
                        .isEmpty();
                assertThat(report.schemaVersion())
                        .as("the version of the schema of %s", store.store())
                        .isEqualTo(store.schemaVersion());
                assertThat(report.pages()).as("pages are never fewer than none").isNotNegative();
            }
        }
    }

    @Test
    default void copyingTwiceGivesTheSame() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            write(harness.storage(), owner(harness.storage()), "word");
            try (Snapshot snapshot = harness.storage().snapshot()) {
                assertThat(copies.examine(copies.copyAll(snapshot)))
                        .as("copying twice gives the same")
                        .isEqualTo(copies.examine(copies.copyAll(snapshot)));
            }
        }
    }

    @Test
    default void lookingAtACopyChangesNothing() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            write(harness.storage(), owner(harness.storage()), "word");
            Map<StoreName, Path> files = copies.copyAll();
            Map<Path, UUID> before = copies.marks();

            copies.examine(files);

            assertThat(copies.marks())
                    .as("looking at a copy changes nothing, and makes no file beside it")
                    .isEqualTo(before);
        }
    }

    @Test
    default void aFileThatIsThereIsLeftAsItIs() throws IOException {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness);
                Snapshot snapshot = harness.storage().snapshot()) {
            Path text = Files.writeString(copies.place("text"), "precious");
            Path empty = Files.createFile(copies.place("empty"));
            Path directory = Files.createDirectory(copies.place("directory"));
            Path link = Files.createSymbolicLink(copies.place("link"), copies.place("nowhere"));
            for (Path there : List.of(text, empty, directory, link)) {
                for (StoreName store : StoreName.values()) {
                    StoreMisconfigured refused = Refusal.of(
                            StoreMisconfigured.class,
                            "a file that is there is not written over: " + there,
                            () -> snapshot.copy(store, there, Copies.UNHEARD));
                    assertThat(refused).as("it is said which file").hasMessageContaining(there.toString());
                }
            }
            assertThat(text).as("a file that is there is left as it is").hasContent("precious");
            assertThat(empty).as("a file that is there is left as it is").isEmptyFile();
            assertThat(directory).as("a file that is there is left as it is").isEmptyDirectory();
            assertThat(copies.place("nowhere"))
                    .as("a link is not followed to where nothing is")
                    .doesNotExist();
        }
    }

    @Test
    default void aCopyIsForItsOwnerOnly() throws IOException {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            for (Path file : copies.copyAll().values()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("who may read and write %s", file.getFileName())
                        .isEqualTo("rw-------");
                try (var beside = Files.list(file.getParent())) {
                    assertThat(beside).as("a copy is one file").containsExactly(file);
                }
            }
        }
    }

    @Test
    default void aCopyThatCannotBeMadeIsRefusedAndTheNextOneIsMade() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness);
                Snapshot snapshot = harness.storage().snapshot()) {
            for (StoreName store : StoreName.values()) {
                Path nowhere = copies.place("nowhere").resolve("copy");
                StoreMisconfigured refused = Refusal.of(
                        StoreMisconfigured.class,
                        "where no file can be made that is said",
                        () -> snapshot.copy(store, nowhere, Copies.UNHEARD));

                assertThat(refused).as("it is said which file").hasMessageContaining(nowhere.toString());
                Path file = copies.copy(snapshot, store);
                assertThat(harness.provider().examine(store, file).problems())
                        .as("a copy that could not be made does not end the snapshot")
                        .isEmpty();
            }
        }
    }

    @Test
    default void progressIsToldUpToTheEnd() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness);
                Snapshot snapshot = harness.storage().snapshot()) {
            for (StoreName store : StoreName.values()) {
                List<Long> told = new ArrayList<>();
                snapshot.copy(store, copies.place(store.wireName()), (done, all) -> {
                    assertThat(done).as("never more than all is done").isBetween(0L, all);
                    assertThat(all).as("there is something to do").isPositive();
                    told.add(all - done);
                });
                assertThat(told).as("progress is told").isNotEmpty();
                assertThat(told.get(told.size() - 1))
                        .as("at the end nothing is left to do")
                        .isZero();
            }
        }
    }

    @Test
    default void whoeverHearsOfProgressCanEndTheCopy() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage storage = harness.storage();
            User anna = owner(storage);
            Map<StoreName, Map<String, Long>> before = rows(storage);
            try (Snapshot snapshot = storage.snapshot()) {
                Map<StoreName, Path> files = new EnumMap<>(StoreName.class);
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
                    write(storage, anna, "after" + store.wireName());
                    snapshot.copy(store, file, Copies.UNHEARD);
                    files.put(store, file);
                }
                assertThat(Copies.rows(copies.examine(files)))
                        .as("the snapshot is as good as before, and still of its instant")
                        .isEqualTo(before);
            }
        }
    }

    @Test
    default void eachCopyHasANameOfItsOwn() {
        try (StorageHarness harness = fresh();
                Snapshot snapshot = harness.storage().snapshot()) {
            for (StoreName store : StoreName.values()) {
                assertThat(snapshot.fileName(store))
                        .as("a copy is called after its store")
                        .matches(store.wireName() + "\\.[a-z]+");
            }
        }
    }

    @Test
    default void aFreshStorageCanBeCopied() {
        try (StorageHarness harness = fresh();
                Copies copies = Copies.of(harness)) {
            Storage copied = harness.openCopies(copies.copyAll());

            assertThat(rows(copied)).as("a copy holds what there is").isEqualTo(rows(harness.storage()));
            write(copied, owner(copied), "word");
            assertThat(Optional.of(copied.audit().size()))
                    .as("what was copied can be gone on with")
                    .contains(2L);
        }
    }
}
