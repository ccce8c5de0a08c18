package io.aipanel.service.backup;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where backups are kept, and in which form. Immutable.
 *
 * @param directory the directory; made if there is none. Empty for no backups
 * @param panelVersion the version of the program, for the manifest
 * @param compression how new ones are made smaller
 * @param secret the file with what encrypts new ones and opens old ones; empty if none is encrypted
 * @param scratch a directory for what encrypted ones are made of, while they are made or tried out; made if there is none, and
 *     nothing is left there. Empty if none is encrypted
 * @param copies a second directory, which finished ones are copied to; never made, because an empty mount point must not be
 *     taken for what is usually mounted there. Empty for none
 */
public record BackupOptions(
        Optional<Path> directory,
        String panelVersion,
        Compression compression,
        Optional<SecretFile> secret,
        Optional<Path> scratch,
        Optional<Path> copies) {

    /** No backups. */
    public static final BackupOptions NONE = new BackupOptions(
            Optional.empty(), "unknown", Compression.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    /** Backups in a directory, neither compressed nor encrypted. */
    public static BackupOptions in(Path directory) {
        return new BackupOptions(
                Optional.of(directory),
                "unknown",
                Compression.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same by another version of the program. */
    public BackupOptions panelVersion(String version) {
        return new BackupOptions(directory, version, compression, secret, scratch, copies);
    }

    /** The same, made smaller in another way. */
    public BackupOptions compressed(Compression newCompression) {
        return new BackupOptions(directory, panelVersion, newCompression, secret, scratch, copies);
    }

    /** The same, encrypted. */
    public BackupOptions encrypted(SecretFile newSecret, Path newScratch) {
        return new BackupOptions(
                directory, panelVersion, compression, Optional.of(newSecret), Optional.of(newScratch), copies);
    }

    /** The same, copied to a second directory. */
    public BackupOptions copiedTo(Path newCopies) {
        return new BackupOptions(directory, panelVersion, compression, secret, scratch, Optional.of(newCopies));
    }
}
