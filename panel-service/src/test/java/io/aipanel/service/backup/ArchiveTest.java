package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchiveTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options().backup(BackupOptions.in(directory.resolve("archives")));
    }

    @Test
    void itsCopiesComeBackAsTheyWereMade() throws IOException {
        Archive archive = create();
        Path empty = Files.createDirectory(directory.resolve("empty"));

        archive.unpackTo(empty, CreateProgress.NONE);

        assertThat(names(empty)).containsExactly("audit.db", "panel.db", "queue.db");
        for (ArchivedStore store : archive.manifest().stores()) {
            Path file = empty.resolve(store.file());
            assertThat(Digests.of(file)).isEqualTo(store.sha256());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatWasChangedDoesNotComeBack() throws IOException {
        Archive archive = create();
        Path file = archive.directory().resolve("audit.db");
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> archive.unpackTo(Files.createDirectory(directory.resolve("1")), CreateProgress.NONE))
                .isInstanceOf(BackupFailed.class)
                .hasMessage("audit.db was changed after it was made: its SHA-256 is another");

        Files.delete(file);
        assertThatThrownBy(() -> archive.unpackTo(Files.createDirectory(directory.resolve("2")), CreateProgress.NONE))
                .isInstanceOf(BackupFailed.class)
                .hasMessage("audit.db is not there");

        Files.delete(archive.directory().resolve("manifest.json"));
        assertThatThrownBy(() -> archive.unpackTo(Files.createDirectory(directory.resolve("3")), CreateProgress.NONE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("manifest.json is not there");
    }

    private Archive create() {
        return new Archive(
                panel.backups()
                        .create(PROGRAM, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE)
                        .directory(),
                new Keyring(Optional.empty()));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
