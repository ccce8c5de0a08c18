package io.aipanel.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads to whom a change of capacity is told. The files that it names are not read. */
final class CapacityReader {

    private static final List<ConfigKey> ONLY_WITH_MAIL = List.of(
            ConfigKey.CAPACITY_NOTIFY_MAIL_FROM,
            ConfigKey.CAPACITY_NOTIFY_MAIL_SMTP,
            ConfigKey.CAPACITY_NOTIFY_MAIL_TLS,
            ConfigKey.CAPACITY_NOTIFY_MAIL_USER,
            ConfigKey.CAPACITY_NOTIFY_MAIL_PASSWORD_FILE);

    private final Sources sources;
    private final Path directory;

    /** @param directory what relative names are relative to */
    CapacityReader(Sources sources, Path directory) {
        this.sources = sources;
        this.directory = directory;
    }

    /**
     * @throws ConfigurationException if a value is not valid, or there is one without another that it belongs to
     */
    CapacityConfig read() {
        return new CapacityConfig(
                sources.entry(ConfigKey.CAPACITY_NOTIFY_COMMAND).map(ConfiguredProgram::of), webhook(), mail());
    }

    private Optional<CapacityConfig.Webhook> webhook() {
        Optional<Entry> url = sources.entry(ConfigKey.CAPACITY_NOTIFY_URL);
        if (url.isEmpty()) {
            refuse(ConfigKey.CAPACITY_NOTIFY_SECRET_FILE, "means nothing without capacity.notify.url: add that");
        }
        return url.map(entry -> {
            URI parsed = HttpUrls.parse(entry.value())
                    .orElseThrow(() -> entry.refused("must be a URL such as https://hooks.example.com/panel"));
            Entry secret = needed(
                    ConfigKey.CAPACITY_NOTIFY_SECRET_FILE, entry, "with a secret that what is sent is signed with");
            return new CapacityConfig.Webhook(parsed, new ConfiguredSecret(secret, directory));
        });
    }

    private Optional<CapacityConfig.Mail> mail() {
        Optional<Entry> to = sources.entry(ConfigKey.CAPACITY_NOTIFY_MAIL_TO);
        if (to.isEmpty()) {
            ONLY_WITH_MAIL.forEach(key -> refuse(key, "means nothing without capacity.notify.mail.to: add that"));
        }
        return to.map(entry -> {
            List<MailAddress> addresses = Arrays.stream(entry.value().split(",", -1))
                    .map(String::strip)
                    .map(text -> address(entry, text))
                    .toList();
            Entry from = needed(ConfigKey.CAPACITY_NOTIFY_MAIL_FROM, entry, "with the sender's address");
            Entry smtp = needed(ConfigKey.CAPACITY_NOTIFY_MAIL_SMTP, entry, "with the mail server's HOST:PORT");
            ListenAddress server = ListenAddress.parse(smtp.value())
                    .filter(found -> found.port() > 0)
                    .orElseThrow(() -> smtp.refused("must be a host and a port such as mail.example.com:587"));
            return new CapacityConfig.Mail(
                    addresses,
                    address(from, from.value()),
                    server.host(),
                    server.port(),
                    security(),
                    login(server.host()));
        });
    }

    private static MailAddress address(Entry entry, String text) {
        return MailAddress.parse(text)
                .orElseThrow(() -> entry.refused(
                        "must be an e-mail address without a name beside it, such as operator@example.com; one with"
                                + " other letters than a to z is written as xn--…"));
    }

    private MailSecurity security() {
        return sources.entry(ConfigKey.CAPACITY_NOTIFY_MAIL_TLS)
                .map(entry -> MailSecurity.ofWireName(entry.value())
                        .orElseThrow(() -> entry.refused("must be starttls, tls or none")))
                .orElse(MailSecurity.STARTTLS);
    }

    private Optional<CapacityConfig.Login> login(String host) {
        Optional<Entry> user = sources.entry(ConfigKey.CAPACITY_NOTIFY_MAIL_USER);
        if (user.isEmpty()) {
            refuse(
                    ConfigKey.CAPACITY_NOTIFY_MAIL_PASSWORD_FILE,
                    "means nothing without capacity.notify.mail.user: add that");
        }
        return user.map(entry -> {
            Entry password = needed(
                    ConfigKey.CAPACITY_NOTIFY_MAIL_PASSWORD_FILE,
                    entry,
                    "with a file whose first line is its password");
            if (security() == MailSecurity.NONE && !isThisMachine(host)) {
                refuse(
                        ConfigKey.CAPACITY_NOTIFY_MAIL_TLS,
                        "must be starttls or tls where there is a user: others could read the password on its way");
            }
            return new CapacityConfig.Login(entry.value(), new ConfiguredSecret(password, directory));
        });
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(?:\\.[0-9]{1,3}){3}");
    }

    private void refuse(ConfigKey key, String rule) {
        sources.entry(key).ifPresent(entry -> {
            throw entry.refused(rule);
        });
    }

    private Entry needed(ConfigKey key, Entry by, String what) {
        return sources.entry(key).orElseThrow(() -> by.refused("needs " + key.wireName() + " " + what + ": add that"));
    }
}
