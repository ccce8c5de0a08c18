package io.aipanel.app.capacity;

import io.aipanel.app.config.CapacityConfig;
import io.aipanel.app.config.MailAddress;
import io.aipanel.app.config.MailSecurity;
import io.aipanel.domain.Secret;
import io.aipanel.domain.Text;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.CapacityNotifier;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one person of a change by e-mail, in plain text. Others get mail of their own, lest one bad address concern all. */
final class MailNotifier implements CapacityNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(MailNotifier.class);

    /** How long the mail server may take for each of its answers. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** What servers say may be long. */
    private static final int MAX_REASON_BYTES = 500;

    private final CapacityConfig.Mail mail;
    private final MailAddress to;
    private final Optional<Secret> password;
    private final InstantSource clock;
    private final Session session;

    /**
     * @param mail how mail is sent
     * @param to who gets it
     * @param password of the account on the server, if there is one
     * @param trust makes connections with TLS; empty for what this Java trusts
     * @param clock tells when it is sent
     */
    MailNotifier(
            CapacityConfig.Mail mail,
            MailAddress to,
            Optional<Secret> password,
            Optional<SSLSocketFactory> trust,
            InstantSource clock) {
        this.mail = mail;
        this.to = to;
        this.password = password;
        this.clock = clock;
        Properties properties = new Properties();
        String timeout = Long.toString(TIMEOUT.toMillis());
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        // What was taken is taken, however the server says good-bye.
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.from", mail.from().value());
        properties.put("mail.smtp.auth", Boolean.toString(mail.login().isPresent()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(mail.security() == MailSecurity.TLS));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(mail.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(mail.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // Lest what one kind of connection refuses is tried with another.
        properties.put("mail.smtp.socketFactory.fallback", "false");
        trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        session = Session.getInstance(properties);
    }

    @Override
    public String name() {
        return "mail " + to;
    }

    @Override
    public void tell(CapacityNotice notice) throws IOException {
        try {
            Message message = message(notice);
            Transport transport = session.getTransport("smtp");
            try {
                transport.connect(
                        mail.host(),
                        mail.port(),
                        mail.login().map(CapacityConfig.Login::user).orElse(null),
                        password.map(Secret::reveal).orElse(null));
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                close(transport);
            }
        } catch (MessagingException e) {
            // Not as the cause: what a library says must not be kept unseen.
            throw new IOException(
                    "mail for " + to + " was not taken by " + mail.host() + ":" + mail.port() + ": " + reason(e));
        }
    }

    private Message message(CapacityNotice notice) throws MessagingException {
        MimeMessage message = new NoticeMessage(session, notice, mail.from());
        message.setFrom(new InternetAddress(mail.from().value(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to.value(), true));
        message.setSubject(NoticeText.subject(notice), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // No machine is to answer that somebody is on holiday (RFC 3834, section 5).
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(NoticeText.body(notice), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("The connection to the mail server was not closed well", e);
        }
    }

    /** What went wrong, in the words of the server where it has said something, on one line. */
    private String reason(MessagingException failure) {
        Set<String> said = new LinkedHashSet<>();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 5; depth++) {
            String message = at.getMessage();
            said.add(message == null || message.isBlank() ? at.getClass().getSimpleName() : message.strip());
            at = at.getCause();
        }
        String reason = String.join("; ", said).replaceAll("\\s+", " ");
        String hidden =
                password.map(secret -> reason.replace(secret.reveal(), "…")).orElse(reason);
        return Text.truncated(hidden, MAX_REASON_BYTES);
    }
}
