package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file with what encrypts backups. New backups are encrypted with its first line; the lines after that are earlier ones,
 * for backups that were made with them. Empty lines do not count, nor do lines of a file with keys that begin with {@code #}.
 *
 * @param kind what its lines are
 * @param path where it is
 */
public record SecretFile(Kind kind, Path path) {

    private static final int MOST_BYTES = 100_000;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** What the lines of the file are. */
    public enum Kind {
        /** Keys, as {@link SecretFile#make} makes them. */
        KEYS("backup.encryption.key-file", "key"),
        /** Passphrases. */
        PASSPHRASES("backup.encryption.passphrase-file", "passphrase");

        private final String field;
        private final String noun;

        Kind(String field, String noun) {
            this.field = field;
            this.noun = noun;
        }

        /** The name in the configuration. */
        public String field() {
            return field;
        }

        String noun() {
            return noun;
        }
    }

    /** A file with keys. */
    public static SecretFile keys(Path path) {
        return new SecretFile(Kind.KEYS, path);
    }

    /** A file with passphrases. */
    public static SecretFile passphrases(Path path) {
        return new SecretFile(Kind.PASSPHRASES, path);
    }

    /**
     * Makes a file with a new key, for its owner only.
     *
     * @param path where; there must not be a file yet
     * @return the id of the key, as manifests name it
     * @throws InvalidValueException ({@code backup.encryption.key-file}) if it cannot be made
     */
    public static String make(Path path) {
        SealKey key = SealKey.generate();
        SecretFile file = keys(path);
        try (FileChannel channel = Durably.create(path)) {
            channel.write(ByteBuffer.wrap((key.line() + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
            return key.id();
        } catch (FileAlreadyExistsException e) {
            throw file.refused("is there already, and is left as it is: name another file", e);
        } catch (IOException e) {
            throw file.refused("cannot be made (" + e + "): name a file in a directory that can be written to", e);
        }
    }

    /**
     * What is in it, the one for new backups first.
     *
     * @throws InvalidValueException (the kind's field) if the file cannot be read, is open to others, or has none; the message
     *     says what to do, and has nothing of what is in it
     */
    List<Secret> read() {
        try {
            requireOwnerOnly();
            if (Files.size(path) > MOST_BYTES) {
                throw refused("is too long to be a file of " + kind.noun() + "s", null);
            }
            List<Secret> secrets = Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !(kind == Kind.KEYS && line.startsWith("#")))
                    .map(Secret::new)
                    .toList();
            if (secrets.isEmpty()) {
                throw refused("is empty: its first line must be the " + kind.noun(), null);
            }
            return secrets;
        } catch (NoSuchFileException e) {
            throw refused(
                    kind == Kind.KEYS
                            ? "is not there: bring it back, or make one with panel backup key " + path
                            : "is not there: bring it back, or make one with the passphrase as its first line",
                    e);
        } catch (AccessDeniedException e) {
            throw refused("cannot be read by this user: run as the owner of the file", e);
        } catch (CharacterCodingException e) {
            throw refused("is no text in UTF-8", e);
        } catch (IOException e) {
            throw refused("cannot be read (" + e + ")", e);
        }
    }

    InvalidValueException refused(String why, @Nullable Exception cause) {
        InvalidValueException refusal = new InvalidValueException(kind.field(), path + " " + why);
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    private void requireOwnerOnly() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw refused(
                    "is open to others (" + PosixFilePermissions.toString(permissions) + "): chmod 600 " + path, null);
        }
    }
}
