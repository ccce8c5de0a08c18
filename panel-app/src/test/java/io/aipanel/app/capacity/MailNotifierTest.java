package io.aipanel.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.app.config.CapacityConfig;
import io.aipanel.app.config.Configuration;
import io.aipanel.app.config.MailSecurity;
import io.aipanel.domain.Secret;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** How mail gets to a mail server, which is a real one. */
@Timeout(60)
class MailNotifierTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:41:00Z");
    private static final Secret PASSWORD = new Secret("swordfish!");

    /** Named, so that a file in /etc of the machine that runs the test does not count. */
    private static final Path NO_FILE = Path.of("/dev/null");

    @TempDir
    private static Path keys;

    private static TestCertificate certificate;

    @TempDir
    private Path directory;

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private SMTPServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(keys);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void theMailSaysEverythingInPlainText() throws Exception {
        serve(builder -> builder);

        notifier(MailSecurity.NONE).tell(Notices.of("Hosting für Äpfel"));

        assertThat(received).singleElement().satisfies(mail -> {
            assertThat(mail.from()).isEqualTo("panel@example.com");
            assertThat(mail.to()).isEqualTo("Anna@example.com");
            MimeMessage message = mail.message();
            assertThat(message.getSubject())
                    .isEqualTo("Hosting für Äpfel: audit-bytes is breached, at 103 % of its limit");
            assertThat(message.getHeader("Subject", null)).matches("\\p{ASCII}+");
            assertThat(message.getFrom()).extracting(Object::toString).containsExactly("panel@example.com");
            assertThat(message.getRecipients(Message.RecipientType.TO))
                    .extracting(Object::toString)
                    .containsExactly("Anna@example.com");
            assertThat(message.getSentDate()).isEqualTo(Date.from(NOW));
            assertThat(message.getMessageID()).isEqualTo("<" + Notices.ID + "@example.com>");
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(message.getContentType()).isEqualTo("text/plain; charset=UTF-8");
            assertThat(((String) message.getContent()).replace("\r", "")).isEqualTo("""
                    Hosting für Äpfel: audit-bytes is breached, and was warning before.

                    value:  10.3 GB
                    limit:  10 GB
                    share:  103 %
                    since:  2026-11-23 21:40:00Z

                    Move.

                    The panel: https://panel.example.com
                    """);
        });
    }

    @Test
    void aNameBeginsNoHeaderAndNoLineOfItsOwn() throws Exception {
        serve(builder -> builder);

        notifier(MailSecurity.NONE).tell(Notices.of("Panel\r\nBcc: everybody@example.com\r\n\r\n.\r\nRSET"));

        assertThat(received).singleElement().satisfies(mail -> {
            assertThat(mail.message().getHeader("Bcc")).isNull();
            assertThat(mail.message().getAllRecipients()).hasSize(1);
            assertThat(mail.message().getSubject()).startsWith("Panel\\u000d\\u000aBcc: everybody@example.com");
            assertThat((String) mail.message().getContent()).startsWith("Panel\\u000d\\u000aBcc:");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = MailSecurity.class,
            names = {"STARTTLS", "TLS"})
    void theServerIsToldWhoSendsOnceNobodyElseCanListen(MailSecurity security) throws Exception {
        serve(builder -> secured(builder, security).requireAuth());

        notifier(security, Optional.of(PASSWORD), trust()).tell(Notices.of("Panel"));

        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = MailSecurity.class,
            names = {"STARTTLS", "TLS"})
    void aServerThatIsNotTrustedGetsNothing(MailSecurity security) {
        serve(builder -> secured(builder, security).requireAuth());

        assertThatThrownBy(() -> notifier(security, Optional.of(PASSWORD), Optional.empty())
                        .tell(Notices.of("Panel")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "mail for Anna@example.com was not taken by localhost:" + server.getPortAllocated());
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = MailSecurity.class,
            names = {"STARTTLS", "TLS"})
    void aServerOfAnotherNameThanTheOneInItsCertificateGetsNothing(MailSecurity security) {
        serve(builder -> secured(builder, security).requireAuth());
        String byAddress = "127.0.0.1:" + server.getPortAllocated();

        assertThatThrownBy(() -> notifier(security, byAddress, Optional.of(PASSWORD), trust())
                        .tell(Notices.of("Panel")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No subject alternative names");
        assertThat(received).isEmpty();
    }

    @Test
    void aServerThatGoesOnInTheClearGetsNothing() {
        serve(builder -> builder.authenticationHandlerFactory(accounts()));

        assertThatThrownBy(() -> notifier(MailSecurity.STARTTLS, Optional.of(PASSWORD), trust())
                        .tell(Notices.of("Panel")))
                .hasMessageContaining("STARTTLS is required but host does not support STARTTLS");
        assertThat(received).isEmpty();
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        serve(builder -> secured(builder, MailSecurity.STARTTLS).requireAuth());
        Secret wrong = new Secret("sw0rdfish!");

        assertThatThrownBy(() -> notifier(MailSecurity.STARTTLS, Optional.of(wrong), trust())
                        .tell(Notices.of("Panel")))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageContaining("535")
                .hasMessageNotContaining(wrong.reveal());
    }

    @Test
    void whatTheServerSaysIsToldOnOneLineWithoutThePassword() {
        serve(builder -> secured(
                builder.messageHandler((context, from, to, data) -> {
                    throw new RejectException(554, "not today, " + PASSWORD.reveal());
                }),
                MailSecurity.STARTTLS));

        assertThatThrownBy(() -> notifier(MailSecurity.STARTTLS, Optional.of(PASSWORD), trust())
                        .tell(Notices.of("Panel")))
                .hasMessageEndingWith(": 554 not today, …");
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws IOException {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }

        assertThatThrownBy(() -> notifier(MailSecurity.NONE, "localhost:" + free, Optional.empty(), Optional.empty())
                        .tell(Notices.of("Panel")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("localhost:" + free, "Couldn't connect", "refused");
    }

    private void serve(UnaryOperator<SMTPServer.Builder> how) {
        SMTPServer.Builder builder = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .insertReceivedHeaders(false)
                .messageHandler((context, from, to, data) -> received.add(new Received(from, to, data)));
        server = how.apply(builder).build();
        server.start();
    }

    private static SMTPServer.Builder secured(SMTPServer.Builder builder, MailSecurity security) {
        SMTPServer.Builder secured = security == MailSecurity.TLS
                ? builder.serverSocketFactory(certificate.server())
                : builder.enableTLS().requireTLS().startTlsSocketFactory(certificate.server());
        return secured.authenticationHandlerFactory(accounts());
    }

    private static EasyAuthenticationHandlerFactory accounts() {
        return new EasyAuthenticationHandlerFactory((user, password, context) -> {
            if (!user.equals("panel") || !password.equals(PASSWORD.reveal())) {
                throw new LoginFailedException("535 5.7.8 no such account");
            }
        });
    }

    private static Optional<SSLSocketFactory> trust() {
        return Optional.of(certificate.client().getSocketFactory());
    }

    private MailNotifier notifier(MailSecurity security) {
        return notifier(security, Optional.empty(), Optional.empty());
    }

    private MailNotifier notifier(MailSecurity security, Optional<Secret> password, Optional<SSLSocketFactory> trust) {
        return notifier(security, "localhost:" + server.getPortAllocated(), password, trust);
    }

    private MailNotifier notifier(
            MailSecurity security, String host, Optional<Secret> password, Optional<SSLSocketFactory> trust) {
        CapacityConfig.Mail mail = Configuration.load(
                        Map.of(),
                        Optional.of(NO_FILE),
                        Map.of(
                                "PANEL_CAPACITY_NOTIFY_MAIL_TO",
                                "Anna@example.com",
                                "PANEL_CAPACITY_NOTIFY_MAIL_FROM",
                                "panel@example.com",
                                "PANEL_CAPACITY_NOTIFY_MAIL_SMTP",
                                host,
                                "PANEL_CAPACITY_NOTIFY_MAIL_TLS",
                                security.name().toLowerCase(Locale.ROOT),
                                "PANEL_CAPACITY_NOTIFY_MAIL_USER",
                                password.isPresent() ? "panel" : "",
                                "PANEL_CAPACITY_NOTIFY_MAIL_PASSWORD_FILE",
                                password.isPresent() ? "password" : ""),
                        directory)
                .capacity()
                .mail()
                .orElseThrow();
        return new MailNotifier(mail, mail.to().get(0), password, trust, () -> NOW);
    }

    private record Received(String from, String to, byte[] data) {
        MimeMessage message() throws Exception {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
        }
    }
}
