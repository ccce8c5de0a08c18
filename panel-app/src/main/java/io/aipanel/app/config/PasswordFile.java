package io.aipanel.app.config;

import io.aipanel.domain.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Reads the password of a database server from a file of its own. */
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
        Path file = directory.resolve(entry.value());
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && !Collections.disjoint(view.readAttributes().permissions(), EVERYBODY)) {
                throw entry.refused("must not be open to everybody: chmod 600 " + file);
            }
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                String password = reader.readLine();
                if (password == null || password.isEmpty()) {
                    throw entry.refused("must name a file whose first line is the password, and that one is empty");
                }
                return new Secret(password);
            }
        } catch (NoSuchFileException e) {
            throw entry.refused("must name a file that exists");
        } catch (IOException e) {
            throw entry.refused("must name a file that can be read by this user, as UTF-8 text");
        }
    }
}
