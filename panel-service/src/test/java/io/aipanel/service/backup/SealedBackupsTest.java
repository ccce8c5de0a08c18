package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.jobs.JobMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that are compressed, encrypted, or both. */
class SealedBackupsTest extends PanelTest {

    private static final String PASSPHRASE = "a long and winding passphrase";
    private static final String SOMEBODY = "anna-the-admin@example.com";

    @Test
    void aCompressedOneIsSmallerAndComesBack() throws IOException {
        reopen(plain().compressed(Compression.ZSTD));
        user(SOMEBODY, "admin");

        Backup made = create();

        assertThat(names(made.directory()))
                .containsExactly("audit.db.zst", "checks.json", "manifest.json", "panel.db.zst", "queue.db.zst");
        Manifest manifest = made.manifest().orElseThrow();
        assertThat(manifest.storedBytes()).isLessThan(manifest.bytes());
        assertThat(problemsWhenRestored(made)).isEmpty();
        assertComesBack(made, new Keyring(Optional.empty()));
        assertThat(names(archives())).containsExactly(made.name().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "ZSTD"})
    void anEncryptedOneShowsNothingAndComesBack(Compression compression) throws IOException {
        SecretFile keys = keys("backup.key");
        reopen(plain().compressed(compression).encrypted(keys, scratch()));
        user(SOMEBODY, "admin");

        Backup made = create();

        assertThat(names(made.directory()))
                .filteredOn(name -> name.endsWith(".sealed"))
                .hasSize(3);
        for (ArchivedStore store : made.manifest().orElseThrow().stores()) {
            StoredFile stored = store.stored();
            Path file = made.directory().resolve(stored.name());
            assertThat(Digests.of(file)).isEqualTo(stored.sha256());
            assertThat(Files.size(file)).isEqualTo(stored.bytes());
        }
        assertNothingOpen(archives());
        assertThat(problemsWhenRestored(made)).isEmpty();
        assertComesBack(made, new Keyring(Optional.of(keys)));
        assertThat(names(scratch())).as("nothing stays").isEmpty();
    }

    @Test
    void whileItIsMadeNothingOpenIsWhereItGoesTo() throws IOException {
        reopen(plain().encrypted(keys("backup.key"), scratch()));
        user(SOMEBODY, "admin");

        panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), (what, done, all) -> {
            try {
                assertNothingOpen(archives());
                for (Path path : everything(scratch())) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("who may read %s", path)
                            .endsWith("------");
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aPassphraseDoesAsWellAsAKey() throws IOException {
        SecretFile passphrases = passphrases(PASSPHRASE);
        reopen(plain().compressed(Compression.ZSTD).encrypted(passphrases, scratch()));
        user(SOMEBODY, "admin");

        Backup made = create();

        assertThat(Files.readString(made.directory().resolve("manifest.json")))
                .contains("argon2id")
                .doesNotContain(PASSPHRASE);
        assertNothingOpen(archives());
        assertThat(problems(made)).isEmpty();
    }

    @Test
    void withAnotherKeyItIsClosedAndNotDamaged() throws IOException {
        SecretFile right = keys("backup.key");
        reopen(plain().encrypted(right, scratch()));
        Backup made = create();
        String id = made.manifest().orElseThrow().packing().seal().orElseThrow().keyId();
        Path another = directory.resolve("another.key");
        String anotherId = SecretFile.make(another);

        reopen(plain().encrypted(SecretFile.keys(another), scratch()));
        assertThat(problems(made))
                .containsExactly("it is encrypted with another key: " + id + ", and " + another + " has " + anotherId);

        reopen(plain());
        assertThat(problems(made))
                .containsExactly("it is encrypted with the key " + id
                        + ", and none is given here: name the file in backup.encryption.key-file");

        reopen(plain().encrypted(passphrases(PASSPHRASE), scratch()));
        assertThat(problems(made))
                .containsExactly("it is encrypted with the key " + id
                        + ", and here a passphrase is given: name the file in backup.encryption.key-file instead");

        Files.writeString(
                another, Files.readString(another) + "# the one of last year\n" + Files.readString(right.path()));
        reopen(plain().encrypted(SecretFile.keys(another), scratch()));
        assertThat(problems(made)).as("an earlier key").isEmpty();
        Backup next = create();
        assertThat(next.manifest().orElseThrow().packing().seal().orElseThrow().keyId())
                .as("new ones are made with the first")
                .isEqualTo(anotherId);
    }

    @Test
    void aFlippedBitInEachFileIsToldByName() throws IOException {
        reopen(plain().compressed(Compression.ZSTD).encrypted(keys("backup.key"), scratch()));
        Backup made = create();

        for (String store : List.of("panel", "audit", "queue")) {
            String name = store + ".db.zst.sealed";
            flip(made.directory().resolve(name));
            assertThat(problems(made)).containsExactly(name + " was changed after it was made: its SHA-256 is another");
            flip(made.directory().resolve(name));
        }
        flip(made.directory().resolve("manifest.json"));
        assertThat(problems(made)).singleElement().asString().startsWith("manifest.json ");
        flip(made.directory().resolve("manifest.json"));
        assertThat(problems(made)).isEmpty();
    }

    @Test
    void oneThatIsCutOffIsToldByNameAlsoWithoutAKey() throws IOException {
        reopen(plain().encrypted(keys("backup.key"), scratch()));
        Backup made = create();
        Path file = made.directory().resolve("audit.db.sealed");
        long whole = Files.size(file);
        reopen(plain());
        for (long length : new long[] {whole - 1, whole / 2, 0}) {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.setLength(length);
            }

            assertThat(problems(made))
                    .hasSize(2)
                    .contains("audit.db.sealed has " + length + " bytes; when it was made it had " + whole
                            + ": its end is missing")
                    .last()
                    .asString()
                    .startsWith("it is encrypted with the key");
        }
    }

    /** The manifest is no secret and can be rewritten; what it names cannot. */
    @Test
    void filesOfAnotherBackupAreNoneOfThisOne() throws IOException {
        SecretFile keys = keys("backup.key");
        reopen(plain().encrypted(keys, scratch()));
        Backup made = create();
        clock.advance(Duration.ofDays(1));
        Backup other = create();
        Path manifest = made.directory().resolve("manifest.json");
        String changed = Files.readString(other.directory().resolve("manifest.json"))
                .replace(other.name().value(), made.name().value());
        String head = changed.substring(0, changed.indexOf("  \"digest\""));
        Files.writeString(manifest, head + "  \"digest\" : \"" + Digests.of(head) + "\"\n}\n");
        for (ArchivedStore store : other.manifest().orElseThrow().stores()) {
            String name = store.stored().name();
            Files.write(
                    made.directory().resolve(name),
                    Files.readAllBytes(other.directory().resolve(name)));
        }

        assertThat(problems(made))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains(".sealed cannot be decrypted with the key"));
    }

    @Test
    void oneOfThePlainFormatIsStillGood() throws IOException {
        Backup made = create();
        Path manifest = made.directory().resolve("manifest.json");
        String text = Files.readString(manifest);
        String head = text.substring(0, text.indexOf("  \"digest\""))
                .replace("\"format\" : 2", "\"format\" : 1")
                .replaceAll("(?m)^ *\"compression\" : \"none\",\n", "")
                .replaceAll("(?s),\\s*\"stored\" : \\{[^}]*\\}", "");
        assertThat(head).doesNotContain("stored\"").doesNotContain("compression");
        Files.writeString(manifest, head + "  \"digest\" : \"" + Digests.of(head) + "\"\n}\n");

        assertThat(problemsWhenRestored(made)).isEmpty();
        assertComesBack(made, new Keyring(Optional.empty()));
    }

    @Test
    void whatAKilledProcessLeftGoesWithTheNext() throws IOException {
        Files.createDirectories(scratch().resolve(".unfinished-0"));
        Files.writeString(scratch().resolve(".unfinished-0").resolve("panel.db"), SOMEBODY);
        reopen(plain().encrypted(keys("backup.key"), scratch()));

        create();

        assertThat(names(scratch())).isEmpty();
    }

    @Test
    void aFailedOneLeavesNothing() throws IOException {
        reopen(plain().encrypted(keys("backup.key"), scratch()));

        assertThatThrownBy(() -> panel.backups()
                        .create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), (what, done, all) -> {
                            if (what.startsWith("packing queue")) {
                                throw new IllegalStateException("enough");
                            }
                        }))
                .hasMessage("enough");

        assertThat(names(scratch())).isEmpty();
        assertThat(names(archives())).isEmpty();
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        SecretFile keys = keys("backup.key");
        Files.setPosixFilePermissions(keys.path(), PosixFilePermissions.fromString("rw-r-----"));
        reopen(plain().encrypted(keys, scratch()));

        assertThatThrownBy(this::create)
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("backup.encryption.key-file " + keys.path() + " is open to others (rw-r-----): chmod 600 "
                        + keys.path());
        assertThat(actions()).as("it is recorded").contains("backup.create");
        assertThat(archives()).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedWithoutShowingWhatItHolds() throws IOException {
        SecretFile keys = keys("backup.key");
        String secret = Files.readString(keys.path()).strip();
        reopen(plain().encrypted(keys, scratch()));

        Files.writeString(keys.path(), secret.substring(0, secret.length() - 2));
        assertThatThrownBy(this::create)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("has a line that is no key")
                .hasMessageNotContaining(secret.substring(20, 40))
                .hasNoCause();
        Files.writeString(keys.path(), "");
        assertThatThrownBy(this::create).hasMessageContaining("is empty: its first line must be the key");
        Files.delete(keys.path());
        assertThatThrownBy(this::create).hasMessageContaining("is not there");
        reopen(plain().encrypted(passphrases("too short"), scratch()));
        assertThatThrownBy(this::create)
                .hasMessageContaining("too short: it must have at least 12 characters")
                .hasMessageStartingWith("backup.encryption.passphrase-file");
    }

    @Test
    void aServerDoesNotStartWithoutTheKey() {
        panel.close();
        SecretFile gone = SecretFile.keys(directory.resolve("gone.key"));

        assertThatThrownBy(() -> Panel.open(options().jobs(JobMode.WORKERS).backup(plain().encrypted(gone, scratch()))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("gone.key is not there");
    }

    @Test
    void aKeyFileIsMadeForItsOwnerAndNeverReplaced() throws IOException {
        Path file = directory.resolve("new.key");

        String id = SecretFile.make(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String text = Files.readString(file);
        assertThat(SealKey.parse(text.strip()).id()).isEqualTo(id);
        assertThatThrownBy(() -> SecretFile.make(file))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("is there already");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    private BackupOptions plain() {
        return BackupOptions.in(archives());
    }

    private SecretFile keys(String name) {
        Path file = directory.resolve(name);
        SecretFile.make(file);
        return SecretFile.keys(file);
    }

    private SecretFile passphrases(String lines) throws IOException {
        Path file = directory.resolve("passphrases");
        Files.writeString(file, lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return SecretFile.passphrases(file);
    }

    private void reopen(BackupOptions backup) {
        panel.close();
        panel = Panel.open(options().backup(backup));
    }

    @Override
    protected PanelOptions options() {
        return super.options().backup(plain());
    }

    private Backup create() {
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
    }

    private List<String> problems(Backup backup) {
        return panel.backups()
                .verify(PROGRAM, backup.name(), false, CreateProgress.NONE)
                .problems();
    }

    private List<String> problemsWhenRestored(Backup backup) {
        return panel.backups()
                .verify(PROGRAM, backup.name(), true, CreateProgress.NONE)
                .problems();
    }

    private void assertComesBack(Backup backup, Keyring keyring) throws IOException {
        Path empty = Files.createTempDirectory(directory, "empty");
        new Archive(backup.directory(), keyring).unpackTo(empty, CreateProgress.NONE);
        for (ArchivedStore store : backup.manifest().orElseThrow().stores()) {
            assertThat(Digests.of(empty.resolve(store.file()))).isEqualTo(store.sha256());
        }
    }

    private static void assertNothingOpen(Path directory) throws IOException {
        for (Path file : everything(directory)) {
            if (Files.isRegularFile(file)) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(SOMEBODY))
                        .as("whether %s shows who there is", file)
                        .isFalse();
                assertThat(file.getFileName().toString()).doesNotEndWith(".db");
            }
        }
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int old = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(old ^ 1);
        }
    }

    private static List<Path> everything(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(path -> !path.getFileName().toString().equals(".lock"))
                    .toList();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private Path archives() {
        return directory.resolve("archives");
    }

    private Path scratch() {
        return directory.resolve("scratch");
    }
}
