package io.aipanel.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** When {@code audit.db}, or the disk that all three files are on, takes nothing. */
class SqliteAuditOutageTest extends PanelTest {

    private static final String CANNOT_MOUNT = "a file system must be mounted, which root may do";

    @Override
    protected PanelOptions options() {
        return AuditOutage.options("sqlite:" + directory.resolve("data"), clock, directory.resolve("audit.key"));
    }

    @Test
    void whileTheFileIsLockedChangesWait() throws SQLException {
        AuditOutage outage = new AuditOutage(panel);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/audit.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            outage.lastsUntilTheOutboxIsFull("kept busy by another process");
            statement.execute("ROLLBACK");
        }
        outage.isOver();
    }

    @Test
    void whoeverLocksTheFileDoesNotHoldUpClosing() throws SQLException {
        panel.close();
        panel = Panel.open(AuditOutage.patientOptions(
                "sqlite:" + directory.resolve("data"), clock, directory.resolve("audit.key")));
        AuditOutage outage = new AuditOutage(panel);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/audit.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            outage.doesNotHoldUpClosing();
            statement.execute("ROLLBACK");
        }
        open();
        outage.isOverFor(panel);
    }

    @Test
    @EnabledIf(value = "canFreeze", disabledReason = "files must be made immutable, which root may do on most disks")
    void whileTheFileCannotBeWrittenChangesWait() {
        AuditOutage outage = new AuditOutage(panel);
        Path log = directory.resolve("data/audit.db-wal");
        assertThat(SmallFileSystem.run("chattr", "+i", log.toString())).isTrue();
        try {
            outage.lastsUntilTheOutboxIsFull("cannot be reached, read or written");
        } finally {
            assertThat(SmallFileSystem.run("chattr", "-i", log.toString())).isTrue();
        }
        outage.isOver();
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = CANNOT_MOUNT)
    void whileItsOwnFileSystemIsFullChangesWait() throws IOException {
        panel.close();
        try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("disk"))) {
            Path moved = moveTo(disk, "audit");
            Files.createSymbolicLink(directory.resolve("data/audit.db"), moved);
            panel = Panel.open(options());

            AuditOutage outage = new AuditOutage(panel);
            disk.fill();
            outage.lastsUntilTheOutboxIsFull("file system is full");
            disk.empty();
            outage.isOver();
            panel.close();
        }
    }

    @Test
    void aPanelStartsWhileAnotherProcessHasTheFileToItself() throws SQLException {
        panel.close();
        AuditOutage outage;
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/audit.db"));
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN IMMEDIATE");
            open();
            outage = new AuditOutage(panel);
            outage.lastsUntilTheOutboxIsFull("kept busy by another process");
        }
        outage.isOver();
    }

    @Test
    @EnabledIf(value = "canFreeze", disabledReason = "files must be made immutable, which root may do on most disks")
    void aPanelStartsWhileTheFileMayNotBeWritten() {
        panel.close();
        Path log = directory.resolve("data/audit.db");
        assertThat(SmallFileSystem.run("chattr", "+i", log.toString())).isTrue();
        AuditOutage outage;
        try {
            open();
            outage = new AuditOutage(panel);
            outage.lastsUntilTheOutboxIsFull("cannot be written");
        } finally {
            assertThat(SmallFileSystem.run("chattr", "-i", log.toString())).isTrue();
        }
        outage.isOver();
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = CANNOT_MOUNT)
    void aPanelStartsWhileTheFilesOwnFileSystemIsFull() throws IOException {
        panel.close();
        try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("disk"))) {
            Path moved = moveTo(disk, "audit");
            Files.createSymbolicLink(directory.resolve("data/audit.db"), moved);
            disk.fill();
            panel = Panel.open(options());
            AuditOutage outage = new AuditOutage(panel);
            outage.lastsUntilTheOutboxIsFull("file system is full");
            disk.empty();
            outage.isOver();
            panel.close();
        }
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = CANNOT_MOUNT)
    void aFullDiskRefusesChangesAndLosesNothing() throws IOException {
        panel.close();
        try (SmallFileSystem disk = SmallFileSystem.mount(directory.resolve("disk"))) {
            for (String file : List.of("panel", "audit", "queue")) {
                moveTo(disk, file);
            }
            panel = Panel.open(AuditOutage.options("sqlite:" + disk.root(), clock, directory.resolve("audit.key")));
            SettingName name = new SettingName("panel.name");
            panel.settings().set(PROGRAM, name, "before");
            assertThat(actions()).hasSize(1);
            disk.fill();

            assertThatThrownBy(() -> panel.settings().set(PROGRAM, name, "after"))
                    .isInstanceOf(StoreFull.class)
                    .hasMessageContaining("panel.db")
                    .hasMessageContaining("free space");
            HealthReport report = panel.health().check();
            assertThat(report.isReady()).isFalse();
            assertThat(report.checks())
                    .filteredOn(check -> !check.name().equals("outbox"))
                    .allSatisfy(check -> assertThat(check.reason())
                            .hasValueSatisfying(reason -> assertThat(reason).contains("file system is full")));

            disk.empty();
            panel.settings().set(PROGRAM, name, "again");
            assertThat(actions()).hasSize(2);
            await().until(() -> panel.health().check().isReady());
            panel.close();
        }
    }

    private Path moveTo(SmallFileSystem disk, String file) throws IOException {
        return Files.move(directory.resolve("data/" + file + ".db"), disk.root().resolve(file + ".db"));
    }

    static boolean canMount() {
        return SmallFileSystem.isWanted();
    }

    /** Whether this user may keep a file from being written that is open already. */
    static boolean canFreeze() throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target")), "freeze", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (!SmallFileSystem.run("chattr", "+i", file.toString())) {
                return false;
            }
            try {
                channel.write(ByteBuffer.allocate(1));
                return false;
            } catch (IOException frozen) {
                return true;
            } finally {
                SmallFileSystem.run("chattr", "-i", file.toString());
            }
        } finally {
            Files.delete(file);
        }
    }
}
