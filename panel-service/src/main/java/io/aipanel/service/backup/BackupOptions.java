package io.aipanel.service.backup;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where backups are kept.
 *
 * @param directory the directory; made if there is none. Empty for no backups
 * @param panelVersion the version of the program, for the manifest
 */
public record BackupOptions(Optional<Path> directory, String panelVersion) {

    /** No backups. */
    public static final BackupOptions NONE = new BackupOptions(Optional.empty(), "unknown");

    /** Backups in a directory. */
    public static BackupOptions in(Path directory) {
        return new BackupOptions(Optional.of(directory), "unknown");
    }
}
