package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.storage.StorageDirectory;
import io.aipanel.sqlite.storage.StoreFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteOpeningTest {

    private static final StoredSetting SETTING =
            new StoredSetting(new SettingName("panel.name"), "x", false, Instant.EPOCH);

    private static final int PAGE_BYTES = 4096;

    @TempDir
    Path directory;

    @Test
    void theEngineIsFoundByItsScheme() {
        assertThat(ServiceLoader.load(StorageProvider.class))
                .extracting(StorageProvider::scheme)
                .containsExactly("sqlite");
    }

    @Test
    void whatIsMadeBelongsToItsOwnerAlone() throws IOException {
        Path fresh = directory.resolve("a/b");
        open(fresh).close();
        Storage storage = open(fresh);
        storage.settings().put(SETTING);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(fresh)) {
            assertThat(files.toList())
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .contains("panel.db", "audit.db", "queue.db", "panel.db-wal", "panel.db-shm");
        }
        try (Stream<Path> files = Files.list(fresh)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"what?vfs=none", "a b#c%20", "mode=memory", "été"})
    void anyNameOfADirectoryWillDo(String name) {
        try (Storage storage = open(directory.resolve(name))) {
            storage.settings().put(SETTING);
        }
        try (Storage storage = open(directory.resolve(name))) {
            assertThat(storage.settings().settings()).containsExactly(SETTING);
        }
    }

    @Test
    void aPathIsTakenToTheLetter() {
        assertThat(StorageDirectory.ofUrl("sqlite:~/panel").path())
                .isEqualTo(Path.of("~/panel").toAbsolutePath());
        assertThat(StorageDirectory.ofUrl("SQLite:./panel-data").path())
                .isEqualTo(Path.of("panel-data").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:", "postgresql://panel@localhost/panel", "sqlite:a\0b"})
    void aUrlThatNamesNoDirectoryIsRefused(String url) {
        assertThatThrownBy(() -> new SqliteStorageProvider().open(StorageOptions.of(url)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("sqlite:DIRECTORY");
    }

    @Test
    void aKeyOfAnotherEngineIsRefusedByItsName() {
        StorageOptions options = new StorageOptions(
                "sqlite:" + directory,
                Optional.empty(),
                StorageOptions.DEFAULT_TIMEOUT,
                1,
                false,
                Map.of("pgbouncer", "true"),
                Instant::now);

        assertThatThrownBy(() -> new SqliteStorageProvider().open(options))
                .isInstanceOf(StoreMisconfigured.class)
                .hasMessageContaining("storage.pgbouncer");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "hello");

        assertMisconfigured(file, file.toString(), "not a directory");
        assertThat(file).hasContent("hello");
    }

    @Test
    void aDirectoryInPlaceOfAFileIsRefused() throws IOException {
        Files.createDirectory(directory.resolve("audit.db"));

        assertMisconfigured(directory, "audit.db", "not a file");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs(StoreName store) throws IOException {
        open(directory).close();
        Path file = directory.resolve(store.wireName() + ".db");
        Files.write(file, "This is not a database. ".repeat(1000).getBytes(StandardCharsets.UTF_8));
        String before = digest(file);

        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not an SQLite database");
        assertThat(digest(file)).as("the file is as it was").isEqualTo(before);
        assertThat(besides(file)).as("nothing was moved or made anew").isEmpty();
    }

    @Test
    void aDamagedFileIsToldAndLeftAsItIs() throws IOException {
        try (Storage storage = open(directory)) {
            storage.settings().put(SETTING);
        }
        Path file = directory.resolve("panel.db");
        byte[] content = Files.readAllBytes(file);
        // Everything but the header: whatever is read, it makes no sense.
        Arrays.fill(content, 200, content.length, (byte) 0x5A);
        Files.write(file, content);
        String before = digest(file);

        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
        assertThat(digest(file)).as("the file is as it was").isEqualTo(before);
    }

    @Test
    void damageOfOneTableIsToldByWhoeverReadsItAndByTheCheck() throws IOException, SQLException {
        try (Storage storage = open(directory)) {
            storage.settings().put(SETTING);
        }
        Path file = directory.resolve("panel.db");
        damage(file, page(file, "settings"));
        String before = digest(file);

        try (Storage storage = open(directory)) {
            assertThatThrownBy(() -> storage.settings().settings())
                    .isInstanceOf(StoreCorrupt.class)
                    .hasMessageContaining(file.toString());
            assertThat(storage.iam().hasUsers()).as("the rest goes on").isFalse();
            assertThat(storage.check()).isNotEmpty().allMatch(problem -> problem.contains("panel.db"));
        }

        assertThat(digest(file)).as("the file is as it was").isEqualTo(before);
    }

    @Test
    void aFileSystemWithoutAWriteAheadLogIsRefused() {
        StorageOptions options = StorageOptions.of("sqlite:" + directory);
        StorageDirectory prepared = StorageDirectory.ofUrl(options.url());
        // Locks by files instead of by memory that processes share, as on file systems that have none to share.
        List<StoreFile> files = prepared.prepare().stream()
                .map(file -> new StoreFile(file.name(), file.path(), "vfs=unix-dotfile"))
                .toList();

        assertThatThrownBy(() -> SqliteStorage.open(options, prepared, files))
                .isInstanceOf(StoreMisconfigured.class)
                .hasMessageContaining("write-ahead log")
                .hasMessageContaining("local disk");
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatIsNewerThanTheProgramIsRefused(StoreName store) throws SQLException {
        open(directory).close();
        execute(directory.resolve(store.wireName() + ".db"), """
                INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                VALUES ('0999-from-the-future', 'aipanel', 'x', 'now', 999, 'EXECUTED')""");

        assertMisconfigured(directory, "0999-from-the-future", "use the newer program");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() throws IOException {
        open(directory).close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (ChildJvm child = ChildJvm.start(withoutPrivileges(), List.of(), Opening.class, directory.toString())) {
            assertThat(child.finish())
                    .containsExactly("StoreMisconfigured the directory " + directory
                            + " cannot be written: give it to the user that runs the panel,"
                            + " and see that its file system is not mounted read-only");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path within = directory.resolve("panel");
        try (ChildJvm child = ChildJvm.start(withoutPrivileges(), List.of(), Opening.class, within.toString())) {
            assertThat(child.finish())
                    .singleElement()
                    .asString()
                    .startsWith("StoreMisconfigured the directory " + within + " cannot be made (AccessDenied");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() throws IOException {
        open(directory).close();
        Path file = directory.resolve("queue.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        try (ChildJvm child = ChildJvm.start(withoutPrivileges(), List.of(), Opening.class, directory.toString())) {
            assertThat(child.finish())
                    .containsExactly("StoreMisconfigured " + file
                            + " cannot be read and written: give it to the user that runs the panel");
        }
    }

    @Test
    void aMissingNativeLibraryIsToldWithTheWayOut() {
        try (ChildJvm child = ChildJvm.start(
                List.of(),
                List.of("-Dorg.sqlite.tmpdir=/proc/nowhere", "-Dorg.sqlite.lib.path=/nowhere"),
                Opening.class,
                directory.toString())) {
            assertThat(child.finish())
                    .last(InstanceOfAssertFactories.STRING)
                    .startsWith("StoreMisconfigured SQLite's native library cannot be loaded")
                    .contains("(/proc/nowhere)", "-Dorg.sqlite.tmpdir=DIRECTORY");
        }
    }

    /** Opens a storage and tells what came of it. */
    static final class Opening {
        public static void main(String[] arguments) {
            try (Storage storage = open(Path.of(arguments[0]))) {
                System.out.println("open, healthy: "
                        + storage.health().stream()
                                .allMatch(health -> health.problem().isEmpty()));
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }

    /** Root may write anywhere: its process gives up that right, and is then bound by the bits like everybody else. */
    private static List<String> withoutPrivileges() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
                : List.of();
    }

    private static void assertMisconfigured(Path directory, String what, String advice) {
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(StoreMisconfigured.class)
                .hasMessageContaining(what)
                .hasMessageContaining(advice);
    }

    static Storage open(Path directory) {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int page(Path file, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "' AND type = 'table'")) {
            return row.getInt(1);
        }
    }

    private static void damage(Path file, int page) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, (page - 1) * PAGE_BYTES, page * PAGE_BYTES, (byte) 0x5A);
        Files.write(file, content);
    }

    private static List<String> besides(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(other -> !other.equals(file))
                    .filter(other -> other.getFileName()
                            .toString()
                            .startsWith(file.getFileName().toString()))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
