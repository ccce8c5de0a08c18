package io.aipanel.app.config;

import io.aipanel.domain.Secret;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with secrets that somebody has named. It is read when they are needed: whoever only looks at the panel may not be
 * allowed to read it, and does not have to be.
 */
public final class ConfiguredSecret {

    private final Entry entry;
    private final Path directory;

    /**
     * @param entry the key that names the file
     * @param directory what a relative name is relative to
     */
    ConfiguredSecret(Entry entry, Path directory) {
        this.entry = entry;
        this.directory = directory;
    }

    /**
     * Its first line.
     *
     * @throws ConfigurationException if the file cannot be read, begins with an empty line, or is open to everybody
     */
    public Secret read() {
        return PasswordFile.read(entry, directory);
    }

    /**
     * Its lines but the empty ones, at least one.
     *
     * @throws ConfigurationException if the file cannot be read, is empty, or is open to everybody
     */
    public List<Secret> readAll() {
        return PasswordFile.readAll(entry, directory);
    }

    /**
     * The refusal of this file.
     *
     * @param rule what would be valid, as the end of a sentence that starts with the key; nothing of what is in the file
     */
    public ConfigurationException refused(String rule) {
        return entry.refused(rule);
    }
}
