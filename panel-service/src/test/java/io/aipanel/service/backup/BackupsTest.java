package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import io.aipanel.service.storage.HealthReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupsTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options()
                .audit(AuditOptions.signedWith(directory.resolve("audit.key")))
                .backup(BackupOptions.in(archives()).panelVersion("1.2.3"));
    }

    @Test
    void aBackupIsThereWholeAndForItsOwnerOnly() throws IOException {
        user("anna@example.com", "admin");

        Backup made = create();

        Manifest manifest = made.manifest().orElseThrow();
        assertThat(manifest.panelVersion()).isEqualTo("1.2.3");
        assertThat(manifest.engine()).isEqualTo("sqlite");
        assertThat(manifest.trigger()).isEqualTo(BackupTrigger.ON_DEMAND);
        assertThat(manifest.at()).isEqualTo(clock.instant());
        assertThat(manifest.store(StoreName.PANEL).orElseThrow().rows()).containsEntry("users", 1L);
        assertThat(manifest.audit().checkpoint()).as("signed before").isPresent();
        assertThat(made.isSound()).isTrue();
        assertThat(panel.backups().list(PROGRAM)).containsExactly(made);
        assertThat(panel.backups().find(PROGRAM, made.name())).isEqualTo(made);
        for (Path path : everything(archives())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as("who may read %s", path)
                    .endsWith("------");
        }
        assertThat(actions()).contains("backup.create");
    }

    @Test
    void itsCopiesAreWhatTheManifestSays() throws IOException {
        Backup made = create();

        Path manifest = made.directory().resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(ManifestText.write(ManifestText.read(text))).isEqualTo(text);
        for (ArchivedStore store : made.manifest().orElseThrow().stores()) {
            assertThat(Digests.of(made.directory().resolve(store.file()))).isEqualTo(store.sha256());
            assertThat(store.pages() * 4096).isEqualTo(store.bytes());
        }
    }

    @Test
    void aSoundBackupVerifiesAndCanBeTriedOut() {
        user("anna@example.com", "admin");
        Backup made = create();
        clock.advance(Duration.ofHours(1));

        Check check = panel.backups().verify(PROGRAM, made.name(), true, CreateProgress.NONE);

        assertThat(check.problems()).isEmpty();
        assertThat(check.restored()).isTrue();
        assertThat(check.at()).isEqualTo(clock.instant());
        Backup now = panel.backups().find(PROGRAM, made.name());
        assertThat(now.verified()).contains(check);
        assertThat(now.restored()).contains(check);
        assertThat(now.manifest()).as("it is as it was").isEqualTo(made.manifest());
        panel.backups().verify(PROGRAM, made.name(), false, CreateProgress.NONE);
        assertThat(panel.backups().find(PROGRAM, made.name()).restored())
                .as("the last time it was tried out")
                .contains(check);
    }

    @ParameterizedTest
    @EnumSource(StoreName.class)
    void aFlippedByteIsFound(StoreName store) throws IOException {
        Backup made = create();
        Path file = made.directory().resolve(store.wireName() + ".db");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int old = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(old ^ 1);
        }

        assertProblem(made, store.wireName() + ".db was changed after it was made");
    }

    @Test
    void aBackupThatIsTooOldIsSeenInTheHealthOfThePanel() {
        assertThat(backupCheck().problem()).as("a panel that has just begun").isEmpty();
        create();
        clock.advance(Duration.ofHours(27));

        assertThat(panel.health().check().isReady())
                .as("it can serve nevertheless")
                .isTrue();
        assertThat(backupCheck().problem().orElseThrow()).contains("the newest sound backup is of");
        create();
        assertThat(backupCheck().problem()).isEmpty();
    }

    private HealthReport.Check backupCheck() {
        return panel.health().check().checks().stream()
                .filter(check -> check.name().equals("backup"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileThatIsShorterOrGoneIsFound() throws IOException {
        Backup made = create();
        Path panelFile = made.directory().resolve("panel.db");
        try (RandomAccessFile bytes = new RandomAccessFile(panelFile.toFile(), "rw")) {
            bytes.setLength(bytes.length() - 1);
        }
        assertProblem(made, "panel.db has ");

        Files.delete(panelFile);
        assertProblem(made, "panel.db is not there");
    }

    @Test
    void aManifestThatWasChangedIsFound() throws IOException {
        Backup made = create();
        Path file = made.directory().resolve("manifest.json");
        String text = Files.readString(file);

        Files.writeString(file, text.replace("\"on-demand\"", "\"scheduled\""));
        assertProblem(made, "manifest.json was changed after it was written");

        Files.writeString(file, text.substring(0, text.length() / 2));
        assertProblem(made, "manifest.json is no JSON");

        Files.delete(file);
        assertProblem(made, "manifest.json is not there");
        assertThat(panel.backups().list(PROGRAM)).as("it is still listed").hasSize(1);
    }

    /** With a manifest that fits: only the log itself, and what was signed, tell. */
    @Test
    void anAuditLogThatWasChangedBeforeTheBackupIsFoundWhenItIsTriedOut() throws IOException {
        user("anna@example.com", "admin");
        create();
        panel.close();
        replaceInside(directory.resolve("data").resolve("audit.db"), "anna@example.com", "otto@example.com");
        panel = Panel.open(options());
        Backup made = create();

        Check check = panel.backups().verify(PROGRAM, made.name(), true, CreateProgress.NONE);

        assertThat(check.problems()).singleElement().asString().startsWith("the audit log is broken");
    }

    @Test
    void aDamagedStoreGivesNoBackupAndEarlierOnesAreKept() throws IOException {
        Backup earlier = create();
        panel.close();
        Path file = directory.resolve("data").resolve("panel.db");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            // The pages of most tables; the first few are read at every start.
            bytes.seek(4096 * 20);
            bytes.write(new byte[4096 * 4]);
        }
        panel = Panel.open(options());

        assertThatThrownBy(this::create)
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("panel.db")
                .as("it is said which pages")
                .hasMessageMatching("(?s).*page 2[1-4].*");

        assertThat(panel.backups().list(PROGRAM)).containsExactly(earlier);
        assertThat(unfinished()).isEmpty();
        assertThat(actions()).contains("backup.create");
    }

    @Test
    void whatWasLeftUnfinishedGoesWithTheNextBackup() throws IOException {
        Files.createDirectories(archives().resolve(".unfinished-0"));
        Files.writeString(archives().resolve(".unfinished-0").resolve("panel.db"), "half");
        assertThat(panel.backups().list(PROGRAM)).isEmpty();

        create();

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void theFilesThemselvesAreCopiedIfSomebodyWantsThat() {
        user("anna@example.com", "admin");

        Backup made = panel.backups()
                .create(
                        PROGRAM,
                        BackupTrigger.ON_DEMAND,
                        BackupMethod.CHECKPOINT,
                        Optional.empty(),
                        CreateProgress.NONE);

        assertThat(made.manifest().orElseThrow().method()).isEqualTo(BackupMethod.CHECKPOINT);
        assertThat(panel.backups()
                        .verify(PROGRAM, made.name(), true, CreateProgress.NONE)
                        .problems())
                .isEmpty();
        assertThat(create().manifest().orElseThrow().method()).isEqualTo(BackupMethod.ONLINE);
        assertThat(events())
                .filteredOn(event -> event.event().action().equals("backup.create"))
                .extracting(event -> event.event().details().value())
                .satisfiesExactly(
                        checkpoint -> assertThat(checkpoint).contains("\"method\":\"checkpoint\""),
                        online -> assertThat(online).contains("\"method\":\"online\""));
    }

    @Test
    void oneAtATime() {
        List<Throwable> second = new ArrayList<>();

        panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), (what, done, all) -> {
            if (second.isEmpty()) {
                try {
                    create();
                } catch (BackupsBusy e) {
                    second.add(e);
                }
            }
        });

        assertThat(second)
                .singleElement()
                .satisfies(refused -> assertThat(refused).hasMessageContaining("a backup is being made"));
        assertThat(panel.backups().list(PROGRAM)).hasSize(1);
    }

    @Test
    void twoOfOneSecondHaveDifferentNames() {
        Backup first = create();
        Backup second = create();

        assertThat(second.name().value()).isEqualTo(first.name().value() + "-2");
        assertThat(panel.backups().list(PROGRAM)).containsExactly(second, first);
    }

    @Test
    void itGoesWhereItIsWanted() {
        Path elsewhere = directory.resolve("elsewhere");

        Backup made =
                panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.of(elsewhere), CreateProgress.NONE);

        assertThat(made.directory().getParent()).isEqualTo(elsewhere);
        assertThat(panel.backups().list(PROGRAM)).isEmpty();
    }

    @Test
    void aBackupCanBeRemoved() {
        Backup made = create();

        panel.backups().remove(PROGRAM, made.name());

        assertThat(panel.backups().list(PROGRAM)).isEmpty();
        assertThat(actions()).contains("backup.remove");
        assertThatThrownBy(() -> panel.backups().remove(PROGRAM, made.name())).isInstanceOf(NotFound.class);
    }

    @Test
    void pruningKeepsTheNewestOfEachDay() {
        Backup first = create();
        clock.advance(Duration.ofSeconds(1));
        Backup second = create();

        assertThat(panel.backups().prune(PROGRAM)).containsExactly(first.name());
        assertThat(panel.backups().list(PROGRAM)).containsExactly(second);
    }

    @Test
    void ofANewPanelNoBackupIsExpectedYetOfAnOlderOneIs() {
        assertThat(panel.backups().condition(PROGRAM).problem()).isEmpty();
        user("anna@example.com", "admin");
        assertThat(actions()).as("it is recorded").contains("user.add");
        assertThat(panel.backups().condition(PROGRAM).note()).isEqualTo("none yet");
        clock.advance(Duration.ofHours(27));
        assertThat(panel.backups().condition(PROGRAM).problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("there is no sound backup"));

        create();
        assertThat(panel.backups().condition(PROGRAM).problem()).isEmpty();
        clock.advance(Duration.ofHours(27));
        assertThat(panel.backups().condition(PROGRAM).problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("the newest sound backup is of "));
    }

    @Test
    void theAgeOfTheNewestSoundOneIsMeasured() throws IOException {
        panel.measure();
        assertThat(panel.meters().find("panel.backup.age").gauge()).isNull();
        Backup made = create();
        clock.advance(Duration.ofMinutes(5));

        panel.measure();
        assertThat(panel.meters().get("panel.backup.age").gauge().value()).isEqualTo(300);

        Files.delete(made.directory().resolve("panel.db"));
        assertThat(panel.backups().verifyNewest(PROGRAM, CreateProgress.NONE))
                .hasValueSatisfying(check -> assertThat(check.passed()).isFalse());
        panel.measure();
        assertThat(panel.meters().find("panel.backup.age").gauge()).isNull();
    }

    @Test
    void theNewestIsTriedOut() {
        assertThat(panel.backups().verifyNewest(PROGRAM, CreateProgress.NONE)).isEmpty();
        create();
        clock.advance(Duration.ofSeconds(1));
        Backup newest = create();

        assertThat(panel.backups().verifyNewest(PROGRAM, CreateProgress.NONE))
                .hasValueSatisfying(check -> assertThat(check.restored()).isTrue());
        assertThat(panel.backups().find(PROGRAM, newest.name()).restored()).isPresent();
    }

    @Test
    void withoutADirectoryThereAreNone() {
        panel.close();
        panel = Panel.open(options().backup(BackupOptions.NONE));

        assertThatThrownBy(this::create)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("backup.directory");
    }

    @Test
    void notEverybodyMay() {
        user("anna@example.com", "user");
        Actor actor = actor("anna@example.com");

        assertThatThrownBy(() ->
                        panel.backups().create(actor, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.backups().list(actor)).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new BackupName("../../etc")).isInstanceOf(InvalidValueException.class);
    }

    private void assertProblem(Backup backup, String problem) {
        Check check = panel.backups().verify(PROGRAM, backup.name(), true, CreateProgress.NONE);
        assertThat(check.problems()).singleElement().asString().startsWith(problem);
        assertThat(panel.backups().find(PROGRAM, backup.name()).isSound()).isFalse();
    }

    private Backup create() {
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
    }

    private Path archives() {
        return directory.resolve("archives");
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> entries = Files.list(archives())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(".unfinished"))
                    .toList();
        }
    }

    private static List<Path> everything(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(path -> !path.getFileName().toString().equals(".lock"))
                    .toList();
        }
    }

    private static void replaceInside(Path file, String text, String by) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(text);
        Files.writeString(file, bytes.replace(text, by), StandardCharsets.ISO_8859_1);
    }
}
