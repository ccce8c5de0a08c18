package io.aipanel.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path temporary;

    private Path directory = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void aFileThatIsItsOwners() throws IOException {
        directory = Files.createDirectory(temporary.resolve("data"));
        file = Files.createFile(directory.resolve("panel.db"));
        permit(directory, "rwx------");
        permit(file, "rw-------");
    }

    @Test
    void whatOnlyItsOwnerCanReachIsWell() {
        assertThat(HostChecks.permissions(List.of(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"panel.db", "panel.db-wal", "panel.db-shm"})
    void aFileThatOthersCanReadIsToldWithTheRemedy(String name) throws IOException {
        Path open = directory.resolve(name);
        Files.deleteIfExists(open);
        Files.createFile(open);
        permit(open, "rw-r-----");

        assertThat(HostChecks.permissions(List.of(file)))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains(open + " is open to others (rw-r-----)", "chmod go= " + open));
    }

    @Test
    void whatIsBesideAFileIsLookedAtWhereTheFileReallyIs() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path moved = Files.move(file, elsewhere.resolve("panel.db"));
        Files.createSymbolicLink(file, moved);
        Path log = Files.createFile(elsewhere.toRealPath().resolve("panel.db-wal"));
        permit(log, "rw-r--r--");

        assertThat(HostChecks.permissions(List.of(file)))
                .hasValueSatisfying(problem -> assertThat(problem).contains(log + " is open to others"));
    }

    @Test
    void aDirectoryThatOthersCanEnterIsTold() throws IOException {
        permit(directory, "rwx--x--x");

        assertThat(HostChecks.permissions(List.of(file)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("chmod go= " + directory));
    }

    @Test
    void tooLittleRoomIsTold() {
        assertThat(HostChecks.freeSpace(List.of(file), 1)).isEmpty();
        assertThat(HostChecks.freeSpace(List.of(file), Long.MAX_VALUE))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("are free on", "where panel.db is", "make room"));
    }

    @Test
    void aClockThatWentBackIsTold() {
        assertThat(HostChecks.clock(NOW, Optional.empty())).isEmpty();
        assertThat(HostChecks.clock(NOW, Optional.of(NOW.plusSeconds(299)))).isEmpty();
        assertThat(HostChecks.clock(NOW, Optional.of(NOW.plusSeconds(301))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("2026-11-23T12:05:01Z", "NTP"));
        assertThat(HostChecks.clock(Instant.EPOCH, Optional.empty()))
                .hasValueSatisfying(problem -> assertThat(problem).contains("1970-01-01", "NTP"));
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
