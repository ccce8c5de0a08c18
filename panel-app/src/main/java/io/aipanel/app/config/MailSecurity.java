package io.aipanel.app.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the connection to a mail server is protected. */
public enum MailSecurity {
    /** It begins in the clear and goes on with TLS before anything is sent, or not at all. */
    STARTTLS,
    /** TLS from the beginning. */
    TLS,
    /** Not at all. */
    NONE;

    static Optional<MailSecurity> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
