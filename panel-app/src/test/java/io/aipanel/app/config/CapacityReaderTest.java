package io.aipanel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that say who is told of changes of capacity. */
class CapacityReaderTest {

    private static final String MAIL = """
            capacity.notify.mail.to = operator@example.com
            capacity.notify.mail.from = panel@example.com
            capacity.notify.mail.smtp = mail.example.com:587
            """;

    @TempDir
    private Path directory;

    @Test
    void nobodyIsToldUnlessSomebodyWantsToBe() throws IOException {
        assertThat(load("").isEmpty()).isTrue();
    }

    @Test
    void everyKeyHasItsPlace() throws IOException {
        secretFile("hooks", "whsec_new\n\n  whsec_old\n");
        secretFile("mail", "swordfish\n");

        CapacityConfig config = load("""
                capacity.notify.command = /usr/local/bin/page
                capacity.notify.url = https://me:secret@hooks.example.com/panel?token=t
                capacity.notify.secret-file = hooks
                capacity.notify.mail.to = Anna@example.com, root@localhost
                capacity.notify.mail.from = panel@xn--pfel-koa.example
                capacity.notify.mail.smtp = [::1]:465
                capacity.notify.mail.tls = tls
                capacity.notify.mail.user = panel
                capacity.notify.mail.password-file = mail
                """);

        assertThat(config.isEmpty()).isFalse();
        assertThat(config.command().orElseThrow().path()).isEqualTo(Path.of("/usr/local/bin/page"));
        CapacityConfig.Webhook webhook = config.webhook().orElseThrow();
        assertThat(webhook.url()).isEqualTo(URI.create("https://me:secret@hooks.example.com/panel?token=t"));
        assertThat(webhook.secrets().readAll()).containsExactly(new Secret("whsec_new"), new Secret("whsec_old"));
        CapacityConfig.Mail mail = config.mail().orElseThrow();
        assertThat(mail.to()).containsExactly(new MailAddress("Anna@example.com"), new MailAddress("root@localhost"));
        assertThat(mail.from()).isEqualTo(new MailAddress("panel@xn--pfel-koa.example"));
        assertThat(mail.host()).isEqualTo("::1");
        assertThat(mail.port()).isEqualTo(465);
        assertThat(mail.security()).isEqualTo(MailSecurity.TLS);
        assertThat(mail.login().orElseThrow().user()).isEqualTo("panel");
        assertThat(mail.login().orElseThrow().password().read()).isEqualTo(new Secret("swordfish"));
    }

    @Test
    void mailIsProtectedUnlessSomebodySaysOtherwise() throws IOException {
        CapacityConfig.Mail mail = load(MAIL).mail().orElseThrow();

        assertThat(mail.security()).isEqualTo(MailSecurity.STARTTLS);
        assertThat(mail.login()).isEmpty();
    }

    /** Whoever runs another command may be somebody who is not allowed to read them. */
    @Test
    void theFilesAreNotReadBeforeTheyAreNeeded() throws IOException {
        CapacityConfig config =
                load("capacity.notify.url = https://example.com\ncapacity.notify.secret-file = nowhere\n");

        ConfiguredSecret secrets = config.webhook().orElseThrow().secrets();
        assertThatThrownBy(secrets::readAll)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "capacity.notify.secret-file must name a file that exists", "'nowhere'", "line 2");
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--,chmod 600", "rw-----w-,chmod 600"})
    void aSecretThatOthersMayReadIsRefusedWithTheRemedy(String permissions, String remedy) throws IOException {
        Path file = secretFile("hooks", "whsec_secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        ConfiguredSecret secrets =
                load("capacity.notify.url = https://example.com\ncapacity.notify.secret-file = hooks\n")
                        .webhook()
                        .orElseThrow()
                        .secrets();

        assertThatThrownBy(secrets::readAll)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("capacity.notify.secret-file", remedy + " " + file)
                .hasMessageNotContaining("whsec_secret");
    }

    @Test
    void anEmptySecretFileIsRefused() throws IOException {
        secretFile("hooks", "\n \n");
        ConfiguredSecret secrets =
                load("capacity.notify.url = https://example.com\ncapacity.notify.secret-file = hooks\n")
                        .webhook()
                        .orElseThrow()
                        .secrets();

        assertThatThrownBy(secrets::readAll).hasMessageContaining("empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capacity.notify.command|bin/page|must be an absolute path",
                "capacity.notify.url|hooks.example.com|must be a URL such as",
                "capacity.notify.url|ftp://hooks.example.com|must be a URL such as",
                "capacity.notify.secret-file|/etc/panel/hooks|means nothing without capacity.notify.url: add that",
                "capacity.notify.mail.from|a@example.com|means nothing without capacity.notify.mail.to: add that",
                "capacity.notify.mail.smtp|localhost:25|means nothing without capacity.notify.mail.to: add that",
                "capacity.notify.mail.tls|none|means nothing without capacity.notify.mail.to: add that",
                "capacity.notify.mail.user|panel|means nothing without capacity.notify.mail.to: add that",
                "capacity.notify.mail.password-file|x|means nothing without capacity.notify.mail.to: add that",
                "capacity.notify.mail.to|operator|must be an e-mail address",
                "capacity.notify.mail.to|a@example.com|needs capacity.notify.mail.from with the sender's address: add that"
            })
    void anInvalidValueIsToldWithItsKeyValueLineAndRule(String key, String value, String rule) {
        assertRefused("# a comment\n" + key + "=" + value + "\n", key + " " + rule, "'" + value + "'", "line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capacity.notify.mail.smtp|mail.example.com|must be a host and a port",
                "capacity.notify.mail.smtp|mail.example.com:0|must be a host and a port",
                "capacity.notify.mail.tls|maybe|must be starttls, tls or none",
                "capacity.notify.mail.password-file|x|means nothing without capacity.notify.mail.user: add that",
                "capacity.notify.mail.user|panel|needs capacity.notify.mail.password-file"
            })
    void whatBelongsToMailIsToldInTheSameWay(String key, String value, String rule) {
        String others =
                MAIL.lines().filter(line -> !line.startsWith(key + " ")).reduce("", (text, line) -> text + line + "\n");

        assertRefused(others + key + "=" + value + "\n", key + " " + rule, "'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Anna <anna@example.com>",
                "anna@example.com,",
                "änna@example.com",
                "anna@exämple.com",
                "anna@example.com\\r\\nBcc: x@example.com",
                "anna@example..com",
                "anna smith@example.com",
                "@example.com"
            })
    void onlyPlainAddressesAreTaken(String address) {
        assertRefused(
                "capacity.notify.mail.to=" + address + "\n",
                "capacity.notify.mail.to must be an e-mail address",
                "line 1");
    }

    @Test
    void aPasswordDoesNotTravelInTheClear() throws IOException {
        String user = MAIL + "capacity.notify.mail.tls=none\ncapacity.notify.mail.user=u\n"
                + "capacity.notify.mail.password-file=x\n";

        assertRefused(
                user, "capacity.notify.mail.tls must be starttls or tls where there is a user", "'none'", "line 4");
        assertThat(load(user.replace("mail.example.com:587", "localhost:25")).mail())
                .isPresent();
    }

    @Test
    void aUrlIsToldWithoutWhatIsSecretInIt() {
        assertThatThrownBy(() -> load("capacity.notify.url=https://me:s3cret@hooks.example.com/T0K3N?key=K3Y\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "capacity.notify.url needs capacity.notify.secret-file",
                        "'https://…@hooks.example.com/…'",
                        "line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com,https://hooks.example.com",
        "https://hooks.example.com:8443/T0K3N,https://hooks.example.com:8443/…",
        "https://hooks.example.com?key=T0K3N,https://hooks.example.com/…",
        "https://hooks.example.com/a@T0K3N,https://hooks.example.com/…",
        "https:/me:T0K3N@hooks.example.com,https…",
        "hooks.example.com/T0K3N,hooks.example.com…",
        "https://me:T0 K3N@hooks.example.com,https…"
    })
    void ofAUrlOnlyTheServerIsShown(String url, String shown) {
        assertThat(new Entry("capacity.notify.url", url, "here").refused("is bad"))
                .hasMessage("capacity.notify.url is bad (it is '" + shown + "', from here)");
    }

    private void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(parts);
    }

    private CapacityConfig load(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("panel.properties"), text);
        return Configuration.load(Map.of(), Optional.of(file), Map.of(), directory)
                .capacity();
    }

    private Path secretFile(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
