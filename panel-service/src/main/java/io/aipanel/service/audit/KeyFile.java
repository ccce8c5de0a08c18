package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file that holds the key which signs checkpoints: PKCS#8 in PEM (RFC 7468), for its owner only. */
final class KeyFile {

    private static final String FIELD = "audit.key";
    private static final int MOST_BYTES = 10_000;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the key, and makes one if there is no file yet.
     *
     * @throws InvalidValueException ({@code audit.key}) if the file cannot be used; the message says why and what to do
     */
    SigningKey readOrMake() {
        Optional<SigningKey> there = read();
        if (there.isPresent()) {
            return there.get();
        }
        make();
        // Another process may have been first.
        return read().orElseThrow(() -> refused("was removed while it was being read: try again", null));
    }

    /**
     * Reads the key; empty if there is no file.
     *
     * @throws InvalidValueException ({@code audit.key}) if the file cannot be used; the message says why and what to do
     */
    Optional<SigningKey> read() {
        try {
            requireOwnerOnly();
            if (Files.size(path) > MOST_BYTES) {
                throw noKey(null);
            }
            Matcher pem = PEM.matcher(Files.readString(path, StandardCharsets.US_ASCII));
            if (!pem.matches()) {
                throw noKey(null);
            }
            return Optional.of(SigningKey.decode(Base64.getMimeDecoder().decode(pem.group(1))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (GeneralSecurityException | CharacterCodingException e) {
            throw noKey(e);
        } catch (AccessDeniedException e) {
            throw refused("cannot be read by this user: run as the owner of the file", e);
        } catch (IOException e) {
            throw refused("cannot be read (" + e + ")", e);
        }
    }

    /** Where it is. */
    @Override
    public String toString() {
        return path.toString();
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

    /** Makes the file under another name first, so that nobody ever reads half of it. */
    private void make() {
        Path draft = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                ByteBuffer text = ByteBuffer.wrap(pem(SigningKey.generate()).getBytes(StandardCharsets.US_ASCII));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException another) {
            // That one is used.
        } catch (IOException e) {
            throw refused("cannot be made (" + e + "): give the panel a directory that it may write to", e);
        } finally {
            remove(draft);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private void remove(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw refused("cannot be made: " + draft + " cannot be removed (" + e + ")", e);
        }
    }

    private static String pem(SigningKey key) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key.encoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private InvalidValueException noKey(@Nullable Exception cause) {
        return refused(
                "is no Ed25519 private key in PEM (PKCS#8): name another file, or none that exists, and one is made",
                cause);
    }

    private InvalidValueException refused(String why, @Nullable Exception cause) {
        InvalidValueException refusal = new InvalidValueException(FIELD, path + " " + why);
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
