package io.aipanel.app.config;

import io.aipanel.domain.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads secrets from a file of their own. */
final class PasswordFile {

    private static final Set<PosixFilePermission> EVERYBODY = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private PasswordFile() {}

    /**
     * Reads the first line.
     *
     * @param entry the key that names the file
     * @param directory what a relative name is relative to
     * @throws ConfigurationException if it cannot be read, is empty, or is open to everybody
     */
    static Secret read(Entry entry, Path directory) {
        return lines(entry, directory).stream()
                .findFirst()
                .filter(line -> !line.isEmpty())
                .map(Secret::new)
                .orElseThrow(() ->
                        entry.refused("must name a file whose first line is the password, and that one is empty"));
    }

    /**
     * Reads all lines but the empty ones.
     *
     * @param entry the key that names the file
     * @param directory what a relative name is relative to
     * @return at least one
     * @throws ConfigurationException if it cannot be read, is empty, or is open to everybody
     */
    static List<Secret> readAll(Entry entry, Path directory) {
        List<Secret> secrets = lines(entry, directory).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Secret::new)
                .toList();
        if (secrets.isEmpty()) {
            throw entry.refused("must name a file whose first line is the secret, and that one is empty");
        }
        return secrets;
    }

    private static List<String> lines(Entry entry, Path directory) {
        try {
            Path file = directory.resolve(entry.value());
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && !Collections.disjoint(view.readAttributes().permissions(), EVERYBODY)) {
                throw entry.refused("must not be open to everybody: chmod 600 " + file);
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw entry.refused("must name a file that exists");
        } catch (IOException e) {
            throw entry.refused("must name a file that can be read by this user, as UTF-8 text");
        }
    }
}
