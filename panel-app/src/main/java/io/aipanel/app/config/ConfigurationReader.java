package io.aipanel.app.config;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.Hash;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.jobs.WorkerOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns what was given into values, and refuses what is not valid. */
final class ConfigurationReader {

    private final Sources sources;
    private final Map<String, String> environment;
    private final Path directory;
    private final List<String> warnings = new ArrayList<>();

    ConfigurationReader(Sources sources, Map<String, String> environment, Path directory) {
        this.sources = sources;
        this.environment = environment;
        this.directory = directory;
    }

    Configuration read() {
        try {
            StorageConfig storage = storage();
            storage.options(false);
            HttpConfig http = http(storage);
            http.options("");
            AuditConfig audit = audit(storage);
            WorkerOptions workers = new WorkerOptions(
                    (int) number(ConfigKey.JOBS_THREADS, WorkerOptions.DEFAULT.threads(), Integer.MAX_VALUE),
                    duration(ConfigKey.JOBS_LEASE, WorkerOptions.DEFAULT.lease()),
                    duration(ConfigKey.JOBS_GRACE, WorkerOptions.DEFAULT.grace()));
            Duration commandTimeout = value(
                    ConfigKey.JOBS_COMMAND_TIMEOUT,
                    JobCommands.DEFAULT_TIMEOUT,
                    JobCommands::timeout,
                    JobCommands.TIMEOUT_RULE);
            List<JobCommand> commands = new JobCommands(sources, commandTimeout).read();
            LogLevel level = value(
                    ConfigKey.LOG_LEVEL,
                    LogLevel.INFO,
                    ConfigurationReader::logLevel,
                    "must be error, warn, info, debug or trace");
            if (!sources.ignoredVariables().isEmpty()) {
                warnings.add("ignored, because they are no keys of the panel's: "
                        + String.join(", ", sources.ignoredVariables()));
            }
            return new Configuration(
                    storage,
                    http,
                    audit,
                    backups(storage),
                    workers,
                    commands,
                    new CapacityReader(sources, directory).read(),
                    level,
                    warnings);
        } catch (InvalidValueException e) {
            throw refusedByRecord(e);
        }
    }

    /** The records know the rules between their values; which entry broke one is found by its name. */
    private ConfigurationException refusedByRecord(InvalidValueException e) {
        String rule =
                String.valueOf(e.getMessage()).substring(e.field().length()).strip();
        return ConfigKey.ofWireName(e.field())
                .flatMap(sources::entry)
                .map(entry -> entry.refused(rule))
                .orElseGet(() -> new ConfigurationException(String.valueOf(e.getMessage())));
    }

    private StorageConfig storage() {
        String url = sources.entry(ConfigKey.STORAGE).map(Entry::value).orElse(ConfigKey.STORAGE.defaultText());
        Optional<Secret> password = sources.entry(ConfigKey.STORAGE_PASSWORD_FILE)
                .map(entry -> PasswordFile.read(entry, directory))
                .or(() -> Optional.ofNullable(environment.get(Sources.PASSWORD_VARIABLE))
                        .filter(text -> !text.isEmpty())
                        .map(Secret::new));
        StorageConfig storage = new StorageConfig(
                url,
                password,
                duration(ConfigKey.STORAGE_TIMEOUT, StorageOptions.DEFAULT_TIMEOUT),
                number(ConfigKey.AUDIT_OUTBOX_MAX, StorageOptions.DEFAULT_OUTBOX_MAX, Long.MAX_VALUE),
                engineOptions(url));
        if (!storage.options(false).redactedUrl().equals(url)) {
            sources.entry(ConfigKey.STORAGE)
                    .ifPresent(entry -> warnings.add("the password in storage (" + entry.origin()
                            + ") is visible to others: use storage.password-file, the variable "
                            + Sources.PASSWORD_VARIABLE + " or ~/.pgpass"));
        }
        return storage;
    }

    /** Passed on only where given, so that the engine's own defaults hold; its ranges are the engine's to check. */
    private Map<String, String> engineOptions(String url) {
        Map<String, String> options = new LinkedHashMap<>();
        for (ConfigKey key : List.of(ConfigKey.STORAGE_POOL_SIZE, ConfigKey.STORAGE_PGBOUNCER)) {
            sources.entry(key).ifPresent(entry -> {
                if (!url.startsWith("postgresql:")) {
                    throw entry.refused("means nothing to this storage, only to PostgreSQL: remove it");
                }
                options.put(key.wireName().substring("storage.".length()), entry.value());
            });
        }
        value(ConfigKey.STORAGE_PGBOUNCER, false, ConfigurationReader::trueOrFalse, "must be true or false");
        number(ConfigKey.STORAGE_POOL_SIZE, 0, Integer.MAX_VALUE);
        return options;
    }

    private static Optional<Boolean> trueOrFalse(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    private HttpConfig http(StorageConfig storage) {
        ListenAddress listen = value(
                ConfigKey.LISTEN,
                new ListenAddress("127.0.0.1", 8080),
                ListenAddress::parse,
                "must be an address and a port such as 127.0.0.1:8080 or [::1]:8080");
        Optional<URI> publicUrl = sources.entry(ConfigKey.HTTP_PUBLIC_URL).map(entry -> {
            try {
                return new URI(entry.value());
            } catch (URISyntaxException e) {
                throw entry.refused("must be a URL such as https://panel.example.com");
            }
        });
        List<String> proxies = sources.entry(ConfigKey.HTTP_TRUSTED_PROXIES)
                .map(entry -> Arrays.stream(entry.value().split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList())
                .orElse(List.of());
        return new HttpConfig(
                listen,
                publicUrl,
                proxies,
                besideData(storage, "i18n").orElseGet(() -> directory.resolve("panel-i18n")));
    }

    private AuditConfig audit(StorageConfig storage) {
        Path usualKey = besideData(storage, "audit.key").orElse(AuditConfig.BESIDE_A_SERVER);
        Optional<Path> key = path(ConfigKey.AUDIT_KEY);
        return new AuditConfig(
                key.orElse(usualKey),
                key.isPresent(),
                value(
                        ConfigKey.AUDIT_ORIGIN,
                        Optional.empty(),
                        ConfigurationReader::origin,
                        "must be 1 to 100 visible ASCII characters without a space or a plus sign"),
                path(ConfigKey.AUDIT_ANCHOR_FILE),
                value(
                        ConfigKey.AUDIT_ANCHOR_URL,
                        Optional.empty(),
                        text -> HttpUrls.parse(text).map(Optional::of),
                        "must be a URL such as https://anchor.example.com/panel"));
    }

    private BackupOptions backups(StorageConfig storage) {
        return new BackupReader(sources, this::path)
                .read(
                        besideData(storage, "backups").orElseGet(() -> directory.resolve("panel-backups")),
                        besideData(storage, "scratch").orElseGet(() -> directory.resolve("panel-scratch")));
    }

    /** Something in the directory with the data; empty if that is on a database server. */
    private static Optional<Path> besideData(StorageConfig storage, String name) {
        String sqlite = "sqlite:";
        return storage.url().startsWith(sqlite)
                ? Optional.of(Path.of(storage.url().substring(sqlite.length())).resolve(name))
                : Optional.empty();
    }

    private Optional<Path> path(ConfigKey key) {
        return sources.entry(key).map(entry -> {
            try {
                return directory.resolve(entry.value());
            } catch (InvalidPathException e) {
                throw entry.refused("must name a file");
            }
        });
    }

    private static Optional<Optional<String>> origin(String text) {
        try {
            return Optional.of(Optional.of(new Checkpoint(text, 0, Hash.ofNothing()).origin()));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private Duration duration(ConfigKey key, Duration otherwise) {
        return value(key, otherwise, Durations::parse, "must be a duration such as 30s, 15m or PT30S");
    }

    private long number(ConfigKey key, long otherwise, long max) {
        return value(
                key,
                otherwise,
                text -> {
                    try {
                        return Optional.of(Long.parseLong(text)).filter(number -> Math.abs(number) <= max);
                    } catch (NumberFormatException e) {
                        return Optional.<Long>empty();
                    }
                },
                "must be a whole number");
    }

    private <T> T value(ConfigKey key, T otherwise, Function<String, Optional<T>> parser, String rule) {
        Optional<Entry> entry = sources.entry(key);
        return entry.isEmpty()
                ? otherwise
                : parser.apply(entry.get().value())
                        .orElseThrow(() -> entry.get().refused(rule));
    }

    private static Optional<LogLevel> logLevel(String text) {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
