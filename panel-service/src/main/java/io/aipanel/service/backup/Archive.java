package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.backup.BackupName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The directory of one backup: the copies, the manifest, and what came of the last checks. */
final class Archive {

    static final String MANIFEST = "manifest.json";
    private static final int BUFFER = 1 << 16;
    private static final String CHECKS = "checks.json";
    private static final String VERIFIED = "verified";
    private static final String RESTORED = "restored";

    private final Path directory;

    Archive(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path file(ArchivedStore store) {
        return directory.resolve(store.file());
    }

    /**
     * What it holds.
     *
     * @throws InvalidValueException ({@code manifest.json}) if that cannot be read, or was changed
     */
    Manifest manifest() {
        try {
            return ManifestText.read(Files.readString(directory.resolve(MANIFEST)));
        } catch (NoSuchFileException e) {
            throw new InvalidValueException(MANIFEST, "is not there");
        } catch (IOException e) {
            throw new InvalidValueException(MANIFEST, "cannot be read (" + e + ")");
        }
    }

    void write(Manifest manifest) throws IOException {
        Durably.write(directory.resolve(MANIFEST), ManifestText.write(manifest));
    }

    /**
     * Brings the copies back as they were when they were made, compared with the manifest on the way and synced to the disk.
     * The archive is not changed.
     *
     * @param directory where to; there, and empty. Each copy gets the name that its engine has given it
     * @throws InvalidValueException ({@code manifest.json}) if that cannot be read, or was changed
     * @throws BackupFailed if a copy is not there, or was changed; it has been written nevertheless
     */
    void unpackTo(Path directory, CreateProgress progress) throws IOException {
        for (ArchivedStore store : manifest().stores()) {
            unpack(store, directory.resolve(store.file()), progress);
        }
    }

    private void unpack(ArchivedStore store, Path file, CreateProgress progress) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file(store)), digest);
                OutputStream out = Channels.newOutputStream(Durably.create(file))) {
            byte[] buffer = new byte[BUFFER];
            long done = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                done += read;
                progress.told("unpacking " + store.file(), done, store.bytes());
            }
        } catch (NoSuchFileException e) {
            throw new BackupFailed(store.file() + " is not there", e);
        }
        if (!Digests.text(digest).equals(store.sha256())) {
            throw new BackupFailed(store.file() + " was changed after it was made: its SHA-256 is another", null);
        }
        Durably.sync(file);
    }

    /** As it is listed. */
    Backup describe(BackupName name) {
        Optional<Manifest> manifest;
        try {
            manifest = Optional.of(manifest());
        } catch (InvalidValueException e) {
            manifest = Optional.empty();
        }
        Map<String, Check> checks = checks();
        return new Backup(
                name,
                directory,
                manifest,
                Optional.ofNullable(checks.get(VERIFIED)),
                Optional.ofNullable(checks.get(RESTORED)));
    }

    /** Remembers what came of a check. */
    void checked(Check check) throws IOException {
        Map<String, Check> checks = new LinkedHashMap<>(checks());
        checks.put(VERIFIED, check);
        if (check.restored()) {
            checks.put(RESTORED, check);
        }
        Durably.write(directory.resolve(CHECKS), ChecksText.write(checks));
    }

    /** By name; none if it was never checked. */
    private Map<String, Check> checks() {
        try {
            return ChecksText.read(Files.readString(directory.resolve(CHECKS)));
        } catch (IOException never) {
            return Map.of();
        }
    }
}
