package io.aipanel.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * To whom it is told that the state of a threshold of capacity has changed.
 *
 * @param command a program that is run; empty for none
 * @param webhook a server that is told; empty for none
 * @param mail who gets mail; empty for nobody
 */
public record CapacityConfig(Optional<ConfiguredProgram> command, Optional<Webhook> webhook, Optional<Mail> mail) {

    /** Whether there is nobody to tell. */
    public boolean isEmpty() {
        return command.isEmpty() && webhook.isEmpty() && mail.isEmpty();
    }

    /**
     * A server that is told.
     *
     * @param url where; absolute, of HTTP or HTTPS, with a host
     * @param secrets what vouches for the sender
     */
    public record Webhook(URI url, ConfiguredSecret secrets) {}

    /**
     * Who gets mail.
     *
     * @param to the addresses, at least one
     * @param from the sender's
     * @param host the server that takes the mail
     * @param port the server's, 1 to 65535
     * @param security how the connection is protected
     * @param login who sends, if the server wants to know
     */
    public record Mail(
            List<MailAddress> to,
            MailAddress from,
            String host,
            int port,
            MailSecurity security,
            Optional<Login> login) {

        /** Keeps its own copy of the addresses. */
        public Mail {
            to = List.copyOf(to);
        }
    }

    /**
     * Who sends.
     *
     * @param user the account on the mail server
     * @param password its password
     */
    public record Login(String user, ConfiguredSecret password) {}
}
