package io.aipanel.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a file of {@code key=value} lines in the form of {@link Properties}, in UTF-8, and knows the line of each key. */
final class PropertiesFile {

    /** A key with its value. */
    record Property(int line, String key, String value) {}

    private PropertiesFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read or is not in that form
     */
    static List<Property> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("there is no configuration file " + file + ": correct --config");
        } catch (MalformedInputException e) {
            throw new ConfigurationException("the configuration file " + file + " is not UTF-8 text: save it as that");
        } catch (IOException e) {
            throw new ConfigurationException("the configuration file " + file + " cannot be read (" + e + ")");
        }
        List<Property> properties = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(i == 0 ? withoutMark(lines.get(i)) : lines.get(i));
            while (goesOn(logical) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            parse(file, first + 1, logical.toString(), properties);
        }
        return properties;
    }

    /** Text editors on other systems put a byte order mark first. */
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** A comment never goes on; any other line does if it ends in an odd number of backslashes. */
    private static boolean goesOn(CharSequence logical) {
        String text = logical.toString();
        String start = text.stripLeading();
        if (start.startsWith("#") || start.startsWith("!")) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void parse(Path file, int line, String logical, List<Property> properties) {
        Properties parsed = new Properties();
        try {
            parsed.load(new StringReader(logical));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(file + ", line " + line + ": a malformed \\u escape");
        }
        parsed.stringPropertyNames()
                .forEach(key -> properties.add(
                        new Property(line, key, parsed.getProperty(key).strip())));
    }
}
