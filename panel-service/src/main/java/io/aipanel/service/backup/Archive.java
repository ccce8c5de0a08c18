package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.backup.BackupName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The directory of one backup: the copies, the manifest, and what came of the last checks. */
final class Archive {

    static final String MANIFEST = "manifest.json";
    static final String CHECKS = "checks.json";
    private static final String VERIFIED = "verified";
    private static final String RESTORED = "restored";

    private final Path directory;
    private final Keyring keyring;

    Archive(Path directory, Keyring keyring) {
        this.directory = directory;
        this.keyring = keyring;
    }

    Path directory() {
        return directory;
    }

    /** The file that holds a copy. */
    Path file(ArchivedStore store) {
        return directory.resolve(store.stored().name());
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

    /** What it holds; empty if that cannot be read, or was changed. */
    Optional<Manifest> readableManifest() {
        try {
            return Optional.of(manifest());
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Whether its files are encrypted, as far as the manifest can be read. */
    boolean isSealed() {
        return readableManifest().flatMap(manifest -> manifest.packing().seal()).isPresent();
    }

    void write(Manifest manifest) throws IOException {
        Durably.write(directory.resolve(MANIFEST), ManifestText.write(manifest));
    }

    /**
     * Brings the copies back as they were when they were made, compared with the manifest on the way and synced to the disk.
     * The archive is not changed.
     *
     * @param target where to; there, and empty. Each copy gets the name that its engine has given it
     * @throws InvalidValueException ({@code manifest.json}) if that cannot be read, or was changed; or if the file with the
     *     key cannot be used
     * @throws BackupFailed if a copy is not there, cannot be opened with the key that is given, or was changed; of the copies
     *     there may be a part then
     */
    void unpackTo(Path target, CreateProgress progress) throws IOException {
        Manifest manifest = manifest();
        Unpacker unpacker = unpacker(manifest);
        for (ArchivedStore store : manifest.stores()) {
            if (!manifest.packing().isPlain()) {
                unpacker.objection(store, progress).ifPresent(objection -> {
                    throw new BackupFailed(objection, null);
                });
            }
            unpacker.unpack(store, target.resolve(store.file()), progress);
        }
    }

    /** Reads its files. */
    Unpacker unpacker(Manifest manifest) {
        return new Unpacker(directory, manifest, keyring);
    }

    /** As it is listed. */
    Backup describe(BackupName name) {
        Map<String, Check> checks = checks();
        return new Backup(
                name,
                directory,
                readableManifest(),
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
