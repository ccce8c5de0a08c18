package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipanel.domain.Secret;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever opens a storage is told, and what becomes of the database. */
final class OpeningTest {

    private final TestServer server = TestServer.shared();
    private String database = server.emptyDatabase();

    @AfterEach
    void drop() {
        server.drop(database);
    }

    @Test
    void theProviderIsFoundByItsScheme() {
        assertThat(ServiceLoader.load(StorageProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(provider -> provider.scheme().equals("postgresql")))
                .hasSize(1)
                .first()
                .isInstanceOf(PostgresStorageProvider.class);
    }

    @Test
    void anEmptyDatabaseIsMadeReady() {
        try (Storage storage = open(server.url(database))) {
            assertThat(storage.iam().hasUsers()).isFalse();
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void severalWhoOpenAnEmptyDatabaseAtOnceAllSucceed() {
        List<CompletableFuture<Storage>> openings = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> open(server.url(database))))
                .toList();

        for (CompletableFuture<Storage> opening : openings) {
            try (Storage storage = opening.orTimeout(60, TimeUnit.SECONDS).join()) {
                assertThat(storage.hosting().siteCount()).isZero();
            }
        }
    }

    @Test
    void aLockThatAKilledMigrationHasLeftDoesNotBlock() {
        migrate();
        for (String schema : List.of("panel", "audit", "queue")) {
            server.execute(
                    database,
                    "UPDATE " + schema + ".databasechangeloglock"
                            + " SET locked = true, lockgranted = now(), lockedby = 'a process that was killed'");
        }
        server.execute(database, "DROP TABLE queue.delivered");
        server.execute(database, "DELETE FROM queue.databasechangelog WHERE id = '0003-delivered'");

        open(server.url(database)).close();

        server.execute(database, "SELECT effect_id FROM queue.delivered");
    }

    @Test
    void aSchemaThatIsNewerThanTheProgramIsLeftAlone() {
        migrate();
        server.execute(
                database,
                "INSERT INTO audit.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
                        + " VALUES ('0099-from-the-future', 'aipanel', 'x', now(), 99, 'EXECUTED')");

        assertThat(misconfigured(StorageOptions.of(server.url(database))))
                .hasMessageContaining("0099-from-the-future")
                .hasMessageContaining("schema audit")
                .hasMessageContaining("newer program");
    }

    @Test
    void theRightPasswordOpens(@TempDir Path home) throws IOException {
        String url = "postgresql://careful@127.0.0.1:" + server.port() + "/" + database;
        String urlWithPassword = url.replace("careful@", "careful:" + TestServer.PASSWORD + "@");
        server.execute("postgres", "ALTER DATABASE " + database + " OWNER TO careful");

        open(urlWithPassword).close();
        new PostgresStorageProvider()
                .open(withPassword(url, TestServer.PASSWORD))
                .close();
        // What the options say counts more than what the URL says.
        assertThat(misconfigured(withPassword(urlWithPassword, "wrong"))).hasMessageContaining("password");
        Path passwords = Files.writeString(home.resolve("pgpass"), "*:*:*:careful:" + TestServer.PASSWORD + "\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        System.setProperty("org.postgresql.pgpassfile", passwords.toString());
        try {
            open(url).close();
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void aWrongPasswordIsNamed() {
        String url = "postgresql://careful@127.0.0.1:" + server.port() + "/" + database;

        StoreMisconfigured failure = misconfigured(withPassword(url, "hunter2"));

        assertThat(failure)
                .hasMessageContaining("refused the password")
                .hasMessageContaining("storage.password-file")
                .hasMessageContaining(database);
        assertThat(everythingAbout(failure)).doesNotContain("hunter2");
        assertThat(misconfigured(StorageOptions.of(url.replace("careful@", "careful:hunter2@"))))
                .satisfies(told -> assertThat(everythingAbout(told)).doesNotContain("hunter2"));
    }

    @Test
    void aMissingPasswordIsNamed() {
        assertThat(misconfigured(StorageOptions.of("postgresql://careful@127.0.0.1:" + server.port() + "/" + database)))
                .hasMessageContaining("no password was provided")
                .hasMessageContaining("storage.password-file");
    }

    @Test
    void anUnknownRoleIsNamed() {
        assertThat(misconfigured(
                        StorageOptions.of("postgresql://nobody-knows@127.0.0.1:" + server.port() + "/" + database)))
                .hasMessageContaining("nobody-knows");
    }

    @Test
    void anUnknownDatabaseIsNamed() {
        assertThat(misconfigured(StorageOptions.of(server.url("no_such_database"))))
                .hasMessageContaining("no_such_database")
                .hasMessageContaining("createdb");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThat(unreachable("postgresql://panel@no-such-host.invalid/panel"))
                .hasMessageContaining("no-such-host.invalid:5432")
                .hasMessageContaining("host name is unknown");
    }

    @Test
    void aPortThatNobodyListensOnIsNamed() throws IOException {
        assertThat(unreachable("postgresql://panel@127.0.0.1:" + freePort() + "/panel"))
                .hasMessageContaining("127.0.0.1:")
                .hasMessageContaining("check that it runs");
    }

    @Test
    void ofSeveralHostsOneThatIsUpIsEnough() throws IOException {
        migrate();
        try (Storage storage = open("postgresql://panel@127.0.0.1:" + freePort() + ",no-such-host.invalid,127.0.0.1:"
                + server.port() + "/" + database)) {
            assertThat(storage.iam().hasUsers()).isFalse();
        }
    }

    @Test
    void aRoleThatMayNotCreateSchemasIsToldWhatItNeeds() {
        server.execute("postgres", "ALTER DATABASE " + database + " OWNER TO postgres");

        assertThat(misconfigured(StorageOptions.of(server.url(database))))
                .hasMessageContaining("permission denied")
                .hasMessageContaining("GRANT CREATE ON DATABASE");
    }

    @Test
    void aRoleThatMayNotUseTheSchemaIsToldWhatItNeeds() {
        server.execute(database, "CREATE SCHEMA panel");

        assertThat(misconfigured(StorageOptions.of(server.url(database))))
                .hasMessageContaining("permission denied")
                .hasMessageContaining("owner of the schemas");
    }

    @Test
    void aDatabaseInAnotherEncodingIsRefused() {
        server.execute("postgres", "DROP DATABASE " + database);
        server.execute(
                "postgres",
                "CREATE DATABASE " + database + " OWNER panel TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");

        assertThat(misconfigured(StorageOptions.of(server.url(database))))
                .hasMessageContaining("LATIN1")
                .hasMessageContaining("--encoding=UTF8");
    }

    @Test
    void anUnknownKeyIsRefused() {
        StorageOptions options = StorageOptions.of(server.url(database));

        assertThat(catchThrowable(() -> new PostgresStorageProvider()
                        .open(new StorageOptions(
                                options.url(),
                                options.password(),
                                options.timeout(),
                                options.outboxMax(),
                                false,
                                Map.of("wal", "off"),
                                options.clock()))))
                .hasMessageContaining("storage.wal");
    }

    @Test
    void aSecretIsInNoMessageAboutARowThatWasRefused() {
        migrate();
        try (Storage storage = open(server.url(database))) {
            server.execute(database, "ALTER TABLE panel.settings ADD CHECK (name <> 'mail.password')");

            Throwable failure = catchThrowable(() -> storage.settings()
                    .put(new StoredSetting(new SettingName("mail.password"), "hunter2", true, Instant.EPOCH)));

            assertThat(failure).isNotNull();
            assertThat(everythingAbout(failure)).doesNotContain("hunter2");
        }
    }

    @Test
    void aStartOnACurrentSchemaLoadsNoLiquibaseClass() throws IOException, InterruptedException {
        migrate();

        String output = openInAnotherProcess("-verbose:class");

        assertThat(output).contains(" io.aipanel.postgres.PostgresStorage ");
        assertThat(output.lines().filter(line -> line.contains(" liquibase."))).isEmpty();
    }

    @Test
    void aMigrationIsSilent() throws IOException, InterruptedException {
        assertThat(openInAnotherProcess("-ea")).isEmpty();
    }

    private void migrate() {
        server.drop(database);
        database = server.migratedDatabase();
    }

    /** Answers what the process has written. */
    private String openInAnotherProcess(String flag) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        flag,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenAndClose.class.getName(),
                        server.url(database))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Storage open(String url) {
        return new PostgresStorageProvider().open(StorageOptions.of(url));
    }

    private static StoreMisconfigured misconfigured(StorageOptions options) {
        return catchThrowableOfType(StoreMisconfigured.class, () -> new PostgresStorageProvider().open(options));
    }

    private static StoreUnavailable unreachable(String url) {
        StoreUnavailable failure = catchThrowableOfType(StoreUnavailable.class, () -> open(url));
        assertThat(failure.reason()).isEqualTo(StoreUnavailable.Reason.UNREACHABLE);
        return failure;
    }

    private static StorageOptions withPassword(String url, String password) {
        StorageOptions defaults = StorageOptions.of(url);
        return new StorageOptions(
                url,
                Optional.of(new Secret(password)),
                defaults.timeout(),
                defaults.outboxMax(),
                false,
                defaults.engineOptions(),
                defaults.clock());
    }

    private static String everythingAbout(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
