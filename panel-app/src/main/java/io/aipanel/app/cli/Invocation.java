package io.aipanel.app.cli;

import io.aipanel.app.audit.FileAnchor;
import io.aipanel.app.audit.UrlAnchor;
import io.aipanel.app.capacity.CapacityNotifiers;
import io.aipanel.app.config.AuditConfig;
import io.aipanel.app.config.ConfigKey;
import io.aipanel.app.config.Configuration;
import io.aipanel.app.config.LogLevel;
import io.aipanel.app.logging.Logging;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.audit.AuditOptions;
import io.aipanel.service.audit.CheckpointAnchor;
import io.aipanel.service.capacity.CapacityOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.JobMode;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** One call of the program: its surroundings, its global options, and what it answers. */
public final class Invocation {

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path directory;
    private final ComponentInventory inventory;
    private final GlobalOptions options = new GlobalOptions();
    private boolean answered;

    /**
     * @param terminal what is read from and written to
     * @param environment the environment's variables
     * @param directory the working directory
     * @param inventory how the host is asked about its components
     */
    public Invocation(
            Terminal terminal, Map<String, String> environment, Path directory, ComponentInventory inventory) {
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.inventory = inventory;
    }

    /** The global options, complete once the command line has been read. */
    public GlobalOptions options() {
        return options;
    }

    /** What is read from and written to. */
    public Terminal terminal() {
        return terminal;
    }

    /** The working directory. */
    public Path directory() {
        return directory;
    }

    /** The environment's variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The time, for people. */
    public Instant now() {
        return InstantSource.system().instant();
    }

    /** Who acts: the person at the terminal, who has the data in their hands already. */
    public Actor actor() {
        String name = System.getProperty("user.name", "?");
        return Actor.program("cli:" + (name.isBlank() || name.equals("?") ? "unknown" : name));
    }

    /**
     * Reads the configuration and tells its warnings.
     *
     * @param more what the command's own options say
     * @throws io.aipanel.app.config.ConfigurationException if a key is unknown or a value not valid
     */
    public Configuration configuration(Map<ConfigKey, String> more) {
        Map<ConfigKey, String> given = options.configuration();
        given.putAll(more);
        Configuration configuration = Configuration.load(given, options.configurationFile(), environment, directory);
        configuration.warnings().forEach(warning -> message("warning: " + warning));
        return configuration;
    }

    /**
     * What a panel is opened with.
     *
     * @param serving whether it is opened to serve; a command looks and changes, and leaves jobs to the server
     * @throws io.aipanel.app.config.ConfigurationException if it is to serve, and a program or a secret cannot be used
     */
    public PanelOptions panelOptions(Configuration configuration, boolean serving) {
        return PanelOptions.of(configuration.storage().options(serving))
                .workers(configuration.workers())
                .jobs(serving ? JobMode.WORKERS : JobMode.OFF)
                .inventory(inventory)
                .audit(auditOptions(configuration.audit(), serving))
                .backup(configuration.backups().panelVersion(ProgramVersion.current()))
                .capacity(serving ? capacityOptions(configuration) : CapacityOptions.NONE);
    }

    private CapacityOptions capacityOptions(Configuration configuration) {
        return new CapacityOptions(
                CapacityNotifiers.of(configuration.capacity(), directory, environment),
                configuration.http().publicUrl());
    }

    private static AuditOptions auditOptions(AuditConfig audit, boolean serving) {
        List<CheckpointAnchor> anchors = new ArrayList<>();
        audit.anchorFile().map(FileAnchor::new).ifPresent(anchors::add);
        audit.anchorUrl().map(UrlAnchor::new).ifPresent(anchors::add);
        return new AuditOptions(audit.usableKey(), audit.origin(), anchors, serving);
    }

    /** Opens the panel, works with it, and delivers what follows from the work before it is closed. */
    public int withPanel(ToIntFunction<Panel> work) {
        Configuration configuration = configuration(Map.of());
        quietLogging();
        try (Panel panel = Panel.open(panelOptions(configuration, false))) {
            return work.applyAsInt(panel);
        }
    }

    /** Opens the panel and answers what the work finds out. */
    public int answerWithPanel(Function<Panel, Answer> work) {
        return withPanel(panel -> {
            answer(work.apply(panel));
            return ExitCodes.DONE;
        });
    }

    /** A command that ends soon logs what went wrong, unless more or less is wanted. */
    public void quietLogging() {
        Logging.level(options.verbose() ? LogLevel.DEBUG : options.quiet() ? LogLevel.ERROR : LogLevel.WARN);
    }

    /**
     * Writes the answer to standard output. At most once.
     *
     * @throws CommandFailed if it cannot be written
     */
    public void answer(Answer answer) {
        answered = true;
        List<String> lines = options.json()
                ? List.of(JsonDocument.of(answer.json()))
                : answer.lines().get();
        lines.forEach(terminal.out()::println);
        if (terminal.out().checkError()) {
            throw new CommandFailed(
                    "the answer cannot be written to standard output, though what was asked is done", null);
        }
    }

    /**
     * Standard output, for an answer that is neither a document nor lines: at most once, instead of {@link #answer}. What
     * cannot be written is noticed when it is flushed.
     */
    public OutputStream output() {
        answered = true;
        return new CheckedOutput(terminal.out());
    }

    /**
     * Shows people how far long work has come, if somebody sees it and has not asked for quiet.
     *
     * @param besideOutput whether the work writes to standard output meanwhile
     */
    public ProgressLine progress(boolean besideOutput) {
        boolean shown =
                terminal.showsErr() && !options.quiet() && !options.json() && !(besideOutput && terminal.showsOut());
        return new ProgressLine(shown ? Optional.of(terminal.err()) : Optional.empty());
    }

    /** Tells people something on standard error, unless they asked for quiet. */
    public void message(String line) {
        if (!options.quiet()) {
            terminal.err().println("panel: " + Text.onOneLine(line));
        }
    }

    /**
     * Tells that the command failed: one line on standard error and, where a program waits for JSON and has not had any,
     * a document with the same text.
     *
     * @param json whether a program waits for JSON
     */
    void failed(String line, boolean json) {
        String shown = Text.onOneLine(line);
        terminal.err().println("panel: " + shown);
        if (json && !answered) {
            answered = true;
            terminal.out().println(JsonDocument.of(JsonDocument.object("error", shown)));
            terminal.out().flush();
        }
    }
}
