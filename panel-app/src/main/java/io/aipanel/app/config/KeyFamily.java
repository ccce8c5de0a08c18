package io.aipanel.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keys of which there is one for each type of job: the part that all have in common. They are in the file only, because
 * names of types may hold dots, hyphens and capitals, which variables cannot carry. {@code docs/configuration.md} shows them
 * in a table, which a test holds to this list.
 */
public enum KeyFamily {
    /** Which program handles jobs. */
    JOBS_COMMAND(
            "jobs.command.",
            "none",
            "The program that handles jobs of this type in `panel serve`: an absolute path to an executable file"),
    /** In which queue. */
    JOBS_COMMAND_QUEUE("jobs.command-queue.", "`default`", "In which queue that program handles them"),
    /** How long it may take. */
    JOBS_COMMAND_TIMEOUT(
            "jobs.command-timeout.",
            "`jobs.command-timeout`",
            "How long that program may take for one job: `1s` to `30d`");

    /** What no variable may begin with, lest somebody believes that it counts. */
    static final String VARIABLE_PREFIX = "PANEL_JOBS_COMMAND_";

    private final String prefix;
    private final String defaultText;
    private final String meaning;

    KeyFamily(String prefix, String defaultText, String meaning) {
        this.prefix = prefix;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The key for a type of job, for example {@code jobs.command.mail.send}; {@code TYPE} stands for any. */
    public String key(String type) {
        return prefix + type;
    }

    /** The default, as the documentation shows it. */
    public String defaultText() {
        return defaultText;
    }

    /** What it means and which values are valid, in Markdown. */
    public String meaning() {
        return meaning;
    }

    static Optional<KeyFamily> of(String key) {
        return Arrays.stream(values())
                .filter(family -> key.startsWith(family.prefix))
                .findFirst();
    }

    /** What a key of this family is about. */
    String type(String key) {
        return key.substring(prefix.length());
    }

    static List<String> shown() {
        return Arrays.stream(values()).map(family -> family.key("TYPE")).toList();
    }
}
