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
