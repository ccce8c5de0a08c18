package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.backup.BackupMethod;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.storage.SmallFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where backups go to becomes full or goes away while one is made, and the clock is moved back. */
class BackupFaultsTest extends PanelTest {

    private static final String CANNOT_MOUNT = "a file system must be mounted, which root may do";

    @Override
    protected PanelOptions options() {
        return super.options().backup(BackupOptions.in(archives()));
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = CANNOT_MOUNT)
    void withoutRoomNoneIsBegun() throws IOException {
        try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("disk"))) {
            Backup earlier = create(CreateProgress.NONE);
            disk.fill();

            assertThatThrownBy(() -> create(CreateProgress.NONE))
                    .isInstanceOf(StoreFull.class)
                    .hasMessageMatching("a backup needs about .* are free: free space, or choose another directory.*");

            assertOnly(earlier);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "online, copying panel.db",
        "online, copying queue.db",
        "online, checking queue.db",
        "checkpoint, copying panel.db"
    })
    @EnabledIf(value = "canMount", disabledReason = CANNOT_MOUNT)
    void thatThereIsNoRoomLeftInTheMiddleLeavesNothing(String method, String stage) throws IOException {
        try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("disk"))) {
            Backup earlier = create(CreateProgress.NONE);

            assertThatThrownBy(() -> create(BackupMethod.ofWireName(method), once(stage, disk::fill)))
                    .isInstanceOfAny(StoreFull.class, BackupFailed.class)
                    .hasMessageContaining(archives().toString())
                    .hasMessageContaining("room");

            assertOnly(earlier);
            assertThat(panel.backups().verify(PROGRAM, earlier.name(), false, CreateProgress.NONE))
                    .as("with the disk still full")
                    .satisfies(check -> assertThat(check.problems()).isEmpty());
            disk.empty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(create(CreateProgress.NONE).isSound()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"copying panel.db", "copying queue.db", "checking queue.db"})
    void thatTheDirectoryGoesAwayInTheMiddleIsSaid(String stage) throws IOException {
        assertThatThrownBy(() -> create(once(stage, this::removeArchives)))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining(archives().toString());

        assertThat(panel.backups().list(PROGRAM)).isEmpty();
        assertThat(create(CreateProgress.NONE).isSound()).as("the next one").isTrue();
        assertThat(panel.backups().list(PROGRAM)).hasSize(1);
    }

    @Test
    void namesAreInTheOrderOfMakingAlsoWhenTheClockIsMovedBack() {
        Backup first = create(CreateProgress.NONE);
        clock.advance(Duration.ofHours(-1));
        Backup second = create(CreateProgress.NONE);
        clock.advance(Duration.ofHours(2));
        Backup third = create(CreateProgress.NONE);

        assertThat(second.name()).isEqualTo(first.name().next());
        assertThat(second.manifest().orElseThrow().at())
                .as("its instant is that of the clock")
                .isEqualTo(first.manifest().orElseThrow().at().minus(Duration.ofHours(1)));
        assertThat(panel.backups().list(PROGRAM)).containsExactly(third, second, first);
    }

    @Test
    void whenTheClockIsMovedBackTheOneMadeLastIsTheNewestAndIsKept() {
        Backup first = create(CreateProgress.NONE);
        clock.advance(Duration.ofMinutes(-10));
        Backup last = create(CreateProgress.NONE);

        assertThat(panel.backups().newestSound()).contains(clock.instant());
        assertThat(panel.backups().prune(PROGRAM)).containsExactly(first.name());
        assertThat(panel.backups().list(PROGRAM)).containsExactly(last);
    }

    @Test
    void aBackupOfAYearThatIsYetToComeDoesNotLookNewUntilThen() {
        create(CreateProgress.NONE);
        clock.advance(Duration.ofDays(365));
        Backup future = create(CreateProgress.NONE);
        clock.advance(Duration.ofDays(-363));

        assertThat(panel.backups().condition(PROGRAM).problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("the newest sound backup is of "));

        Backup last = create(CreateProgress.NONE);
        assertThat(panel.backups().condition(PROGRAM).problem()).isEmpty();
        assertThat(panel.backups().list(PROGRAM)).startsWith(last, future);
        assertThat(panel.backups().prune(PROGRAM)).as("three days").isEmpty();
    }

    private Backup create(CreateProgress progress) {
        return create(BackupMethod.ONLINE, progress);
    }

    private Backup create(BackupMethod method, CreateProgress progress) {
        return panel.backups().create(PROGRAM, BackupTrigger.ON_DEMAND, method, Optional.empty(), progress);
    }

    private static CreateProgress once(String stage, Runnable disaster) {
        boolean[] struck = {false};
        return (what, done, all) -> {
            if (!struck[0] && what.equals(stage)) {
                struck[0] = true;
                disaster.run();
            }
        };
    }

    private void assertOnly(Backup earlier) throws IOException {
        assertThat(panel.backups().list(PROGRAM)).containsExactly(earlier);
        try (Stream<Path> entries = Files.list(archives())) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", earlier.name().value());
        }
    }

    private void removeArchives() {
        try (Stream<Path> walk = Files.walk(archives())) {
            for (Path each : List.copyOf(walk.sorted((a, b) -> b.compareTo(a)).toList())) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path archives() {
        return directory.resolve("disk").resolve("archives");
    }

    static boolean canMount() {
        return SmallFileSystem.isWanted();
    }
}
