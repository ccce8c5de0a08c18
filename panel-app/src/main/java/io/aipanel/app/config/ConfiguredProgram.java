package io.aipanel.app.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A program that somebody has named with an absolute path. */
public final class ConfiguredProgram {

    private final Entry entry;

    private ConfiguredProgram(Entry entry) {
        this.entry = entry;
    }

    /**
     * The program that an entry names.
     *
     * @throws ConfigurationException if its path is not absolute
     */
    static ConfiguredProgram of(Entry entry) {
        try {
            if (Path.of(entry.value()).isAbsolute()) {
                return new ConfiguredProgram(entry);
            }
        } catch (InvalidPathException e) {
            throw entry.refused("must be an absolute path");
        }
        throw entry.refused("must be an absolute path: a program is not looked for");
    }

    /** Where it is. */
    public Path path() {
        return Path.of(entry.value());
    }

    /**
     * Requires that the program can be run by this user. Not asked of those who only look: they may be others.
     *
     * @throws ConfigurationException if it is not there, or not executable
     */
    public void requireExecutable() {
        if (!Files.isRegularFile(path())) {
            throw refused("must name a program that exists");
        }
        if (!Files.isExecutable(path())) {
            throw refused("must name a program that this user may execute: chmod +x " + path());
        }
    }

    /**
     * The refusal of this program.
     *
     * @param rule what would be valid, as the end of a sentence that starts with the key
     */
    public ConfigurationException refused(String rule) {
        return entry.refused(rule);
    }
}
