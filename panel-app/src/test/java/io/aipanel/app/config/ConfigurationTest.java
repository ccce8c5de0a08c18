package io.aipanel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.Secret;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.Compression;
import io.aipanel.service.backup.SecretFile;
import io.aipanel.service.jobs.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void withoutAnythingGivenEveryDefaultHolds() {
        Configuration configuration = load(Map.of(), Map.of());

        assertThat(configuration.storage().url()).isEqualTo("sqlite:./panel-data");
        assertThat(configuration.storage().password()).isEmpty();
        assertThat(configuration.storage().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.storage().outboxMax()).isEqualTo(100_000);
        assertThat(configuration.storage().engineOptions()).isEmpty();
        assertThat(configuration.http().listen()).isEqualTo(new ListenAddress("127.0.0.1", 8080));
        assertThat(configuration.http().publicUrl()).isEmpty();
        assertThat(configuration.http().trustedProxies()).isEmpty();
        assertThat(configuration.audit())
                .isEqualTo(new AuditConfig(
                        Path.of("./panel-data/audit.key"),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(configuration.backups()).isEqualTo(BackupOptions.in(Path.of("./panel-data/backups")));
        assertThat(configuration.workers()).isEqualTo(WorkerOptions.DEFAULT);
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void everyKeyOfAFileReachesItsPlace() throws IOException {
        Path password = secretFile("s3cret\nsecond line\n");
        file("""
                # everything at once
                storage = postgresql://panel@db.example.com/panel
                storage.password-file = %s
                storage.timeout = 5s
                storage.pool-size = 7
                storage.pgbouncer = true
                listen = [::1]:9090
                http.public-url = https://panel.example.com
                http.trusted-proxies = 10.0.0.1, \\
                    192.168.0.0/16
                log.level = debug
                audit.outbox.max = 12
                audit.key = keys/audit.pem
                audit.origin = example.com/log
                audit.anchor.file = /mnt/elsewhere/checkpoints
                audit.anchor.url = https://me:secret@anchor.example.com/panel?token=t
                backup.directory = /srv/backups
                backup.compression = zstd
                backup.encryption.key-file = keys/backup.key
                backup.scratch.directory = /var/tmp/panel
                backup.copy.directory = /mnt/elsewhere/panel
                jobs.threads = 3
                jobs.lease = PT1M
                jobs.grace = 500ms
                """.formatted(password));

        Configuration configuration = load(Map.of(), Map.of());

        assertThat(configuration.storage())
                .isEqualTo(new StorageConfig(
                        "postgresql://panel@db.example.com/panel",
                        Optional.of(new Secret("s3cret")),
                        Duration.ofSeconds(5),
                        12,
                        Map.of("pool-size", "7", "pgbouncer", "true")));
        assertThat(configuration.http())
                .isEqualTo(new HttpConfig(
                        new ListenAddress("::1", 9090),
                        Optional.of(URI.create("https://panel.example.com")),
                        List.of("10.0.0.1", "192.168.0.0/16"),
                        directory.resolve("panel-i18n")));
        assertThat(configuration.audit())
                .isEqualTo(new AuditConfig(
                        directory.resolve("keys/audit.pem"),
                        true,
                        Optional.of("example.com/log"),
                        Optional.of(Path.of("/mnt/elsewhere/checkpoints")),
                        Optional.of(URI.create("https://me:secret@anchor.example.com/panel?token=t"))));
        assertThat(configuration.backups())
                .isEqualTo(BackupOptions.in(Path.of("/srv/backups"))
                        .compressed(Compression.ZSTD)
                        .encrypted(SecretFile.keys(directory.resolve("keys/backup.key")), Path.of("/var/tmp/panel"))
                        .copiedTo(Path.of("/mnt/elsewhere/panel")));
        assertThat(configuration.workers())
                .isEqualTo(new WorkerOptions(3, Duration.ofMinutes(1), Duration.ofMillis(500)));
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void anOptionGoesBeforeAVariableAndAVariableBeforeTheFile() throws IOException {
        file("storage=sqlite:/from/file\nlisten=127.0.0.1:1\nlog.level=warn\n");

        Configuration configuration = load(
                Map.of(ConfigKey.STORAGE, "sqlite:/from/option"),
                Map.of("PANEL_STORAGE", "sqlite:/from/variable", "PANEL_LISTEN", "127.0.0.1:2"));

        assertThat(configuration.storage().url()).isEqualTo("sqlite:/from/option");
        assertThat(configuration.http().listen().port()).isEqualTo(2);
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.WARN);
    }

    @Test
    void encryptedBackupsAreMadeBesideTheData() {
        Map<String, String> passphrases = Map.of("PANEL_BACKUP_ENCRYPTION_PASSPHRASE_FILE", "/etc/panel/passphrase");
        assertThat(load(Map.of(), passphrases).backups())
                .isEqualTo(BackupOptions.in(Path.of("./panel-data/backups"))
                        .encrypted(
                                SecretFile.passphrases(Path.of("/etc/panel/passphrase")),
                                Path.of("./panel-data/scratch")));
        assertThat(load(Map.of(ConfigKey.STORAGE, "postgresql://panel@db.example.com/panel"), passphrases)
                        .backups()
                        .scratch())
                .contains(directory.resolve("panel-scratch"));
    }

    @Test
    void whoUsesTheCopiesInsteadCopiesNothing() throws IOException {
        file("backup.copy.directory = /mnt/elsewhere/panel\n");

        assertThat(load(Map.of(), Map.of("PANEL_BACKUP_DIRECTORY", "/mnt/elsewhere/panel"))
                        .backups())
                .isEqualTo(BackupOptions.in(Path.of("/mnt/elsewhere/panel")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup.compression = gzip | backup.compression must be none or zstd",
                "backup.copy.directory = /srv/backups/more | backup.copy.directory must lie apart from backup.directory",
                "backup.copy.directory = /srv | backup.copy.directory must lie apart from backup.directory",
                "backup.scratch.directory = /srv/backups/x | backup.scratch.directory must not lie in backup.directory",
                "backup.encryption.passphrase-file = p | backup.encryption.passphrase-file cannot be given together"
            })
    void whatBackupsCannotBeIsRefused(String line, String message) throws IOException {
        file("backup.directory = /srv/backups\nbackup.encryption.key-file = k\n" + line + "\n");

        assertThatThrownBy(() -> load(Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aDatabaseServerHasTheKeyInTheUsualPlaceIfThatIsThere() {
        AuditConfig audit = load(Map.of(ConfigKey.STORAGE, "postgresql://panel@db.example.com/panel"), Map.of())
                .audit();

        assertThat(audit.key()).isEqualTo(Path.of("/var/lib/panel/audit.key"));
        boolean there = Files.isDirectory(Path.of("/var/lib/panel"));
        assertThat(audit.usableKey().isPresent()).isEqualTo(there);
        assertThat(audit.whyNoKey().isPresent()).isEqualTo(!there);
    }

    @Test
    void whatIsNoPlaceForCheckpointsIsRefusedWithoutItsSecrets() {
        for (String url :
                List.of("ftp://me:secret@host/?token=t", "https:me:secret@host?token=t", "me:secret@a b?token=t")) {
            assertThatThrownBy(() -> load(Map.of(), Map.of("PANEL_AUDIT_ANCHOR_URL", url)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("audit.anchor.url must be a URL")
                    .hasMessageNotContainingAny("secret", "token");
        }
        assertThatThrownBy(() -> load(Map.of(), Map.of("PANEL_AUDIT_ORIGIN", "my log")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.origin must be 1 to 100 visible ASCII characters");
    }

    @Test
    void anEmptyVariableSaysNothing() {
        assertThat(load(Map.of(), Map.of("PANEL_LISTEN", "")).http().listen().port())
                .isEqualTo(8080);
    }

    @Test
    void aNamedFileIsReadInsteadOfTheUsualOne() throws IOException {
        file("listen=127.0.0.1:1\n");
        Files.writeString(directory.resolve("other.properties"), "\uFEFFlisten=127.0.0.1:2\n");

        Configuration configuration =
                Configuration.load(Map.of(), Optional.of(Path.of("other.properties")), Map.of(), directory);

        assertThat(configuration.http().listen().port()).isEqualTo(2);
    }

    @Test
    void aNamedFileThatIsMissingIsAMistake() {
        assertThatThrownBy(() ->
                        Configuration.load(Map.of(), Optional.of(Path.of("missing.properties")), Map.of(), directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("missing.properties", "--config");
    }

    @Test
    void anUnknownKeyIsToldWithItsLineAndTheNearestOne() throws IOException {
        file("# first\n\nlog.levle = debug\n");

        assertRefused("log.levle", "panel.properties, line 3", "did you mean log.level?", "http.public-url");
    }

    @Test
    void aKeyThatIsGivenTwiceIsToldWithBothLines() throws IOException {
        file("listen=127.0.0.1:1\nlisten=127.0.0.1:2\n");

        assertRefused("listen is given twice", "line 1", "line 2");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(directory.resolve("panel.properties"), "listen=\u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("panel.properties", "UTF-8");
    }

    @Test
    void aMalformedEscapeIsToldWithItsLine() throws IOException {
        file("\nlisten=\\u12\n");

        assertRefused("panel.properties, line 2", "escape");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen|8080|must be an address and a port",
                "listen|localhost:70000|must be an address and a port",
                "listen|http://localhost:80|must be an address and a port",
                "http.public-url|panel.example.com|must be a scheme and a host",
                "http.public-url|https://panel.example.com/path|must be a scheme and a host",
                "http.public-url|https://a b|must be a URL",
                "storage.pool-size|5|means nothing to this storage, only to PostgreSQL",
                "storage.pgbouncer|true|means nothing to this storage, only to PostgreSQL",
                "http.trusted-proxies|10.0.0.0/8, proxy.example.com|must be addresses or networks",
                "log.level|loud|must be error, warn, info, debug or trace",
                "storage|nothing|must be sqlite:DIRECTORY",
                "storage.timeout|soon|must be a duration",
                "storage.timeout|1ms|must be between 100 milliseconds and 10 minutes",
                "audit.outbox.max|many|must be a whole number",
                "audit.outbox.max|0|must be 1 or more",
                "jobs.threads|1001|must be between 1 and 1000",
                "jobs.threads|-4294967295|must be a whole number",
                "jobs.lease|2h|must be between 1 second and 1 hour",
                "jobs.grace|-1s|must be a duration",
                "storage.password-file|/nonexistent/file|must name a file that exists"
            })
    void anInvalidValueIsToldWithItsKeyValueLineAndRule(String key, String value, String rule) throws IOException {
        file("# a comment\n" + key + "=" + value + "\n");

        assertRefused(key + " " + rule, "'" + value + "'", "panel.properties, line 2");
    }

    @ParameterizedTest
    @CsvSource({"storage.pool-size,few,must be a whole number", "storage.pgbouncer,yes,must be true or false"})
    void anInvalidOptionOfTheEngineIsToldBeforeAnythingIsOpened(String key, String value, String rule)
            throws IOException {
        file("storage = postgresql://panel@localhost/panel\n" + key + "=" + value + "\n");

        assertRefused(key + " " + rule, "'" + value + "'", "panel.properties, line 2");
    }

    @Test
    void anInvalidVariableIsToldByItsName() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("PANEL_JOBS_THREADS", "0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("jobs.threads must be between", "'0'", "variable PANEL_JOBS_THREADS");
    }

    @Test
    void anInvalidOptionIsToldByItsName() {
        assertThatThrownBy(() -> load(Map.of(ConfigKey.LISTEN, "here"), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("'here'", "option --listen");
    }

    @Test
    void aVariableThatIsNearlyAKeyIsAMistake() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("PANEL_STORGE", "sqlite:/data")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("PANEL_STORGE", "did you mean PANEL_STORAGE?");
    }

    @Test
    void aVariableOfSomebodyElseIsToldAndIgnored() {
        Configuration configuration = load(
                Map.of(),
                Map.of(
                        "PANEL_SERVICE_PORT_HTTP", "tcp://10.0.0.1:80",
                        "PANEL_JAVA_OPTS", "-Xmx1g",
                        "HOME", "/root"));

        assertThat(configuration.warnings()).singleElement().asString().contains("PANEL_SERVICE_PORT_HTTP");
    }

    @Test
    void aPasswordInTheUrlWorksAndIsWarnedOfWithoutRepeatingIt() {
        Configuration configuration =
                load(Map.of(ConfigKey.STORAGE, "postgresql://panel:hunter22@localhost/panel"), Map.of());

        assertThat(configuration.warnings())
                .singleElement()
                .asString()
                .contains("visible to others", "option --storage", "PANEL_STORAGE_PASSWORD")
                .doesNotContain("hunter22");
        assertThat(configuration.toString()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql//panel:hunter22@localhost/panel",
        "/panel:hun@ter@hunter22@localhost/panel",
        "x?password=hunter22&ssl=true"
    })
    void aMalformedUrlIsToldWithoutItsPassword(String url) {
        assertThatThrownBy(() -> load(Map.of(ConfigKey.STORAGE_TIMEOUT, "1ms", ConfigKey.STORAGE, url), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("hunter22");
        String shown = new Entry("storage", url, "option --storage")
                .refused("must be right")
                .getMessage();
        assertThat(shown).contains("must be right").doesNotContain("hunter22");
    }

    @Test
    void thePasswordFileGoesBeforeTheVariable() throws IOException {
        Path password = secretFile("from file");
        Map<String, String> environment =
                Map.of("PANEL_STORAGE_PASSWORD_FILE", password.toString(), "PANEL_STORAGE_PASSWORD", "from variable");

        assertThat(load(Map.of(), environment).storage().password()).contains(new Secret("from file"));
        assertThat(load(Map.of(), Map.of("PANEL_STORAGE_PASSWORD", "from variable"))
                        .storage()
                        .password())
                .contains(new Secret("from variable"));
    }

    @Test
    void aPasswordFileThatEverybodyMayReadIsRefusedWithTheRemedy() throws IOException {
        Path password = secretFile("from file");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> load(Map.of(), Map.of("PANEL_STORAGE_PASSWORD_FILE", password.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("chmod 600 " + password)
                .message()
                .doesNotContain("from file");
    }

    @Test
    void anEmptyPasswordFileIsRefused() throws IOException {
        Path password = secretFile("\n");

        assertThatThrownBy(() -> load(Map.of(), Map.of("PANEL_STORAGE_PASSWORD_FILE", password.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("empty");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> load(Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(parts);
    }

    private Configuration load(Map<ConfigKey, String> options, Map<String, String> environment) {
        // Named, so that a file in /etc of the machine that runs the test does not count.
        Path file = directory.resolve("panel.properties");
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Configuration.load(options, Optional.of(file), environment, directory);
    }

    private void file(String text) throws IOException {
        Files.writeString(directory.resolve("panel.properties"), text);
    }

    private Path secretFile(String text) throws IOException {
        Path file = directory.resolve("password");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
