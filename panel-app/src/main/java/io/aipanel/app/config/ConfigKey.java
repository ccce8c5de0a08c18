package io.aipanel.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key of the configuration. {@code docs/configuration.md} shows them in a table, which a test holds to this list.
 */
public enum ConfigKey {
    /** Where the data is. */
    STORAGE(
            "storage",
            "sqlite:./panel-data",
            "Where the data is: `sqlite:DIRECTORY` or"
                    + " `postgresql://user[:password]@host[:port][,host2…]/database[?option=…]`"),
    /** Where the password of a database server is. */
    STORAGE_PASSWORD_FILE(
            "storage.password-file",
            "none",
            "A file whose first line is the password for PostgreSQL; nobody but its owner and group may read it"),
    /** How long a call may take. */
    STORAGE_TIMEOUT("storage.timeout", "30s", "The longest that one call to the storage may take: `100ms` to `10m`"),
    /** How many connections there may be. */
    STORAGE_POOL_SIZE("storage.pool-size", "10", "PostgreSQL only: how many connections are kept, 2 to 500"),
    /** Whether connections are shared with others between transactions. */
    STORAGE_PGBOUNCER(
            "storage.pgbouncer",
            "false",
            "PostgreSQL only: `true` behind PgBouncer in transaction mode, where a connection is lent for one transaction"),
    /** The address and port to serve on. */
    LISTEN("listen", "127.0.0.1:8080", "The address and port to serve on, such as `0.0.0.0:8080` or `[::1]:8080`"),
    /** What browsers see. */
    HTTP_PUBLIC_URL(
            "http.public-url",
            "from `listen`",
            "What browsers see, such as `https://panel.example.com`; decides `Secure` cookies and the origin check"),
    /** Whose word on the client's address counts. */
    HTTP_TRUSTED_PROXIES(
            "http.trusted-proxies",
            "none",
            "Addresses and networks, separated by commas, whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`"),
    /** How much is logged. */
    LOG_LEVEL(
            "log.level",
            "info",
            "How much `panel serve` logs: `error`, `warn`, `info`, `debug` or `trace`; other commands log warnings, or with"
                    + " `--verbose` everything"),
    /** How many effects may wait. */
    AUDIT_OUTBOX_MAX(
            "audit.outbox.max",
            "100000",
            "How many recorded effects of changes may wait for delivery before changes are refused; 1 or more"),
    /** Which key signs the audit log. */
    AUDIT_KEY(
            "audit.key",
            "`audit.key` beside the data, on PostgreSQL `/var/lib/panel/audit.key`",
            "The file with the Ed25519 key that signs checkpoints of the audit log (PKCS#8, PEM); made at the first start,"
                    + " for its owner only"),
    /** What the audit log is called. */
    AUDIT_ORIGIN(
            "audit.origin",
            "`aipanel/` and a random id",
            "The name of the audit log in its checkpoints, 1 to 100 visible ASCII characters without a space or a plus"
                    + " sign; it keeps the first one it gets, until it is restored from a backup"),
    /** Which file checkpoints are appended to. */
    AUDIT_ANCHOR_FILE("audit.anchor.file", "none", "A file elsewhere that checkpoints are appended to"),
    /** Which server checkpoints are sent to. */
    AUDIT_ANCHOR_URL(
            "audit.anchor.url",
            "none",
            "A URL that checkpoints are sent to: `POST` as `text/plain`, which must be answered with 2xx within 10"
                    + " seconds"),
    /** Where backups are kept. */
    BACKUP_DIRECTORY(
            "backup.directory",
            "`backups` beside the data, on PostgreSQL `./panel-backups`",
            "The directory that backups are kept in, best on another disk; made with the first one, for its owner only"),
    /** How backups are made smaller. */
    BACKUP_COMPRESSION(
            "backup.compression",
            "none",
            "`none`, or `zstd`: backups get smaller, and `zstd -d` is needed to read them without the panel"),
    /** The key that encrypts backups. */
    BACKUP_KEY_FILE(
            "backup.encryption.key-file",
            "none",
            "A file with the key that encrypts backups (`panel backup key FILE` makes one), and below it earlier keys, a line"
                    + " each; nobody but its owner may read it"),
    /** The passphrase that encrypts backups. */
    BACKUP_PASSPHRASE_FILE(
            "backup.encryption.passphrase-file",
            "none",
            "Instead of a key: a file whose first line is a passphrase of at least 12 characters, and below it earlier ones;"
                    + " nobody but its owner may read it"),
    /** Where encrypted backups are made. */
    BACKUP_SCRATCH_DIRECTORY(
            "backup.scratch.directory",
            "`scratch` beside the data, on PostgreSQL `./panel-scratch`",
            "Only for encrypted backups: a directory on a disk of this machine for what they are made of, which is there while"
                    + " they are made or checked; as much room is needed as for the data"),
    /** A second directory for backups. */
    BACKUP_COPY_DIRECTORY(
            "backup.copy.directory",
            "none",
            "A second directory that finished backups are copied to, on another disk or another machine's: a directory below the"
                    + " mount point, never the mount point itself. The panel does not make it: where it is not there, nothing"
                    + " is mounted"),
    /** How many jobs run at once. */
    JOBS_THREADS(
            "jobs.threads", "as many as processors, at least 2", "How many jobs run at once in each queue: 1 to 1000"),
    /** How long a job is a worker's. */
    JOBS_LEASE("jobs.lease", "30s", "How long a job stays with a worker that gives no sign of life: `1s` to `1h`"),
    /** How long jobs may go on at the end. */
    JOBS_GRACE("jobs.grace", "10s", "How long running jobs may go on when the panel is stopped: `0s` to `1h`"),
    /** How long a program may take for a job. */
    JOBS_COMMAND_TIMEOUT(
            "jobs.command-timeout",
            "1h",
            "How long a program of `jobs.command.TYPE` may take for one job: `1s` to `30d`"),
    /** Which program is told of changes of capacity. */
    CAPACITY_NOTIFY_COMMAND(
            "capacity.notify.command",
            "none",
            "A program that is run when a threshold of capacity is passed, and when it is left again: an absolute path to an"
                    + " executable file"),
    /** Which server is told of changes of capacity. */
    CAPACITY_NOTIFY_URL(
            "capacity.notify.url",
            "none",
            "A URL that such a change is sent to: `POST` as `application/json`, signed, which must be answered with 2xx within"
                    + " 15 seconds"),
    /** What vouches for that. */
    CAPACITY_NOTIFY_SECRET_FILE(
            "capacity.notify.secret-file",
            "none",
            "A file whose first line is the secret that `capacity.notify.url` is signed with, `whsec_` and 24 to 64 bytes in"
                    + " Base64, and below it earlier ones, a line each; nobody but its owner and group may read it"),
    /** Who gets mail about changes of capacity. */
    CAPACITY_NOTIFY_MAIL_TO(
            "capacity.notify.mail.to", "none", "E-mail addresses, separated by commas, that such a change is sent to"),
    /** Whose mail that is. */
    CAPACITY_NOTIFY_MAIL_FROM("capacity.notify.mail.from", "none", "The address that this mail comes from"),
    /** Which server takes that mail. */
    CAPACITY_NOTIFY_MAIL_SMTP(
            "capacity.notify.mail.smtp", "none", "The mail server that takes it, such as `mail.example.com:587`"),
    /** How the connection to that server is protected. */
    CAPACITY_NOTIFY_MAIL_TLS(
            "capacity.notify.mail.tls",
            "starttls",
            "How the connection to the mail server is protected: `starttls`, `tls` (from the beginning, mostly port 465) or"
                    + " `none`"),
    /** Who sends that mail. */
    CAPACITY_NOTIFY_MAIL_USER("capacity.notify.mail.user", "none", "The account on the mail server, if it wants one"),
    /** Where the password for that is. */
    CAPACITY_NOTIFY_MAIL_PASSWORD_FILE(
            "capacity.notify.mail.password-file",
            "none",
            "A file whose first line is the password of that account; nobody but its owner and group may read it");

    private final String wireName;
    private final String defaultText;
    private final String meaning;

    ConfigKey(String wireName, String defaultText, String meaning) {
        this.wireName = wireName;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The key in the file, for example {@code http.public-url}. */
    public String wireName() {
        return wireName;
    }

    /** The environment variable of the same meaning, for example {@code PANEL_HTTP_PUBLIC_URL}. */
    public String variable() {
        return "PANEL_" + wireName.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The default, as the documentation shows it. */
    public String defaultText() {
        return defaultText;
    }

    /** What it means and which values are valid, in Markdown. */
    public String meaning() {
        return meaning;
    }

    static Optional<ConfigKey> ofWireName(String name) {
        return Arrays.stream(values()).filter(key -> key.wireName.equals(name)).findFirst();
    }

    static Optional<ConfigKey> ofVariable(String name) {
        return Arrays.stream(values())
                .filter(key -> key.variable().equals(name))
                .findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(ConfigKey::wireName).toList();
    }

    static List<String> variables() {
        return Arrays.stream(values()).map(ConfigKey::variable).toList();
    }
}
