package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.PermissionDenied;
import io.aipanel.service.storage.SmallFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A second directory with backups. */
class BackupCopiesTest extends PanelTest {

    @BeforeEach
    void mount() throws IOException {
        Files.createDirectory(second());
    }

    @Test
    void aCopyIsTheSameAndForItsOwnerOnly() throws IOException {
        Backup made = create();

        assertThat(copies().make(PROGRAM, CreateProgress.NONE)).containsExactly(made.name());

        Backup copy = copies().list(PROGRAM).get(0);
        assertThat(copy.directory()).isEqualTo(second().resolve(made.name().value()));
        assertThat(copy.isSound()).isTrue();
        for (Path file : files(made.directory())) {
            Path same = copy.directory().resolve(file.getFileName());
            assertThat(Files.mismatch(file, same)).as("%s", same).isEqualTo(-1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(same)))
                    .isEqualTo("rw-------");
        }
        assertThat(files(copy.directory())).hasSameSizeAs(files(made.directory()));
        assertThat(actions()).contains("backup.copy");
        assertThat(copies().condition(PROGRAM).problem()).isEmpty();
        assertThat(copies().make(PROGRAM, CreateProgress.NONE)).as("once").isEmpty();
    }

    @Test
    void aDirectoryThatIsGoneIsNotMadeAndTheBackupIsThere() throws IOException {
        Files.delete(second());
        Backup made = create();

        assertThatThrownBy(() -> copies().make(PROGRAM, CreateProgress.NONE))
                .isInstanceOf(BackupNotCopied.class)
                .hasMessageContaining("are as they were, but not all have a copy: " + second() + " is not there");

        assertThat(second()).doesNotExist();
        assertThat(panel.backups().list(PROGRAM)).containsExactly(made);
        assertThat(events()).anySatisfy(recorded -> {
            assertThat(recorded.event().action()).isEqualTo("backup.copy");
            assertThat(recorded.event().outcome()).isEqualTo(AuditOutcome.FAILURE);
        });
        assertThat(copies().condition(PROGRAM).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("is not there: mount"));
        assertThatThrownBy(() -> copies().prune(PROGRAM)).isInstanceOf(BackupFailed.class);
        assertThat(copies().list(PROGRAM)).isEmpty();
    }

    @Test
    void whatWasMissedIsMadeUpForAndWhatWouldNotBeKeptIsNot() throws IOException {
        Files.delete(second());
        Backup early = create();
        clock.advance(Duration.ofSeconds(1));
        Backup late = create();
        clock.advance(Duration.ofDays(1));
        Backup next = create();
        Files.createDirectory(second());
        assertThat(copies().condition(PROGRAM).problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).matches("the newest backup, .*, has no sound copy in .*"));

        assertThat(copies().make(PROGRAM, CreateProgress.NONE)).containsExactly(next.name(), late.name());

        assertThat(panel.backups().list(PROGRAM)).contains(early);
        assertThat(copies().condition(PROGRAM).problem()).isEmpty();
    }

    @Test
    void whatWasChangedHasNoCopy() throws IOException {
        Backup made = create();
        Files.write(made.directory().resolve("audit.db"), new byte[] {1}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> copies().make(PROGRAM, CreateProgress.NONE))
                .isInstanceOf(BackupNotCopied.class)
                .hasMessageContaining("audit.db was changed after it was made: its SHA-256 is another");

        assertThat(copies().list(PROGRAM)).isEmpty();
        assertThat(names(second())).as("nothing is left of it").isEmpty();
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "a file system must be mounted, which root may do")
    void whatThereIsNoRoomForIsCopiedLater() throws IOException {
        Backup made = create();
        try (SmallFileSystem disk = SmallFileSystem.mount(second())) {
            disk.fill();
            assertThatThrownBy(() -> copies().make(PROGRAM, CreateProgress.NONE))
                    .isInstanceOf(BackupNotCopied.class)
                    .hasMessageContaining("a backup needs about ")
                    .hasMessageContaining("backup.copy.directory");
            disk.empty();
            boolean[] struck = {false};
            assertThatThrownBy(() -> copies().make(PROGRAM, (what, done, all) -> {
                        if (!struck[0]) {
                            struck[0] = true;
                            disk.fill();
                        }
                    }))
                    .as("full in the middle")
                    .isInstanceOf(BackupNotCopied.class)
                    .hasMessageContaining("see that there is room");
            assertThat(names(second())).as("nothing is left of it").containsExactly("filling");
            disk.empty();

            assertThat(copies().make(PROGRAM, CreateProgress.NONE)).containsExactly(made.name());
        }
    }

    static boolean canMount() {
        return SmallFileSystem.isWanted();
    }

    @Test
    void whatAKilledProcessLeftGoesWithTheNext() throws IOException {
        Files.createDirectory(second().resolve(".unfinished-0"));
        Backup made = create();

        copies().make(PROGRAM, CreateProgress.NONE);

        assertThat(names(second())).containsExactly(made.name().value());
    }

    @Test
    void thereTheSameAreKeptAsHere() {
        Backup first = create();
        copies().make(PROGRAM, CreateProgress.NONE);
        clock.advance(Duration.ofSeconds(1));
        Backup second = create();
        copies().make(PROGRAM, CreateProgress.NONE);
        assertThat(copies().list(PROGRAM)).hasSize(2);

        assertThat(copies().prune(PROGRAM)).containsExactly(first.name());

        assertThat(copies().list(PROGRAM)).extracting(Backup::name).containsExactly(second.name());
        assertThat(panel.backups().list(PROGRAM)).as("here nothing was removed").hasSize(2);
    }

    @Test
    void howOldTheNewestCopyIsIsMeasured() {
        create();
        panel.measure();
        assertThat(panel.meters().find("panel.backup.copy.age").gauge()).isNull();
        copies().make(PROGRAM, CreateProgress.NONE);
        clock.advance(Duration.ofMinutes(5));

        panel.measure();

        assertThat(panel.meters().get("panel.backup.copy.age").gauge().value()).isEqualTo(300);
    }

    @Test
    void withoutASecondDirectoryNothingIsCopied() {
        panel.close();
        panel = Panel.open(options().backup(BackupOptions.in(directory.resolve("archives"))));
        create();

        assertThat(copies().make(PROGRAM, CreateProgress.NONE)).isEmpty();
        assertThat(copies().prune(PROGRAM)).isEmpty();
        assertThat(copies().condition(PROGRAM).note()).isEqualTo("no second directory");
    }

    @Test
    void notEverybodyMay() {
        user("anna@example.com", "user");
        Actor actor = actor("anna@example.com");

        assertThatThrownBy(() -> copies().make(actor, CreateProgress.NONE)).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> copies().prune(actor)).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> copies().list(actor)).isInstanceOf(PermissionDenied.class);
    }

    @Override
    protected PanelOptions options() {
        return super.options()
                .backup(BackupOptions.in(directory.resolve("archives")).copiedTo(second()));
    }

    private BackupCopies copies() {
        return panel.backups().copies();
    }

    private Backup create() {
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
    }

    private Path second() {
        return directory.resolve("second");
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        return files(directory).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.equals(".lock"))
                .toList();
    }
}
