package io.aipanel.app.cli;

import io.aipanel.app.config.ConfigKey;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before its name or after it. */
public final class GlobalOptions {

    @Option(
            names = "--storage",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Where the data is: sqlite:DIRECTORY or postgresql://user@host/database")
    private Optional<String> storage = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration file, instead of /etc/panel/panel.properties or ./panel.properties")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Answer with one JSON document on standard output")
    private boolean json;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Say nothing but the answer and errors")
    private boolean quiet;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Log more, and show where an error came from")
    private boolean verbose;

    @Option(
            names = {"--help", "-h"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show what the command does, and its options")
    private boolean help;

    /** Nothing given yet. */
    public GlobalOptions() {}

    /** What the options say about the configuration. */
    Map<ConfigKey, String> configuration() {
        Map<ConfigKey, String> given = new EnumMap<>(ConfigKey.class);
        storage.ifPresent(url -> given.put(ConfigKey.STORAGE, url));
        return given;
    }

    Optional<Path> configurationFile() {
        return config;
    }

    /** Whether the answer is for a program. */
    public boolean json() {
        return json;
    }

    /** Whether messages are unwanted. */
    public boolean quiet() {
        return quiet;
    }

    /** Whether details are wanted. */
    public boolean verbose() {
        return verbose;
    }
}
