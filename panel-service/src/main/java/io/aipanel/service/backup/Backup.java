package io.aipanel.service.backup;

import io.aipanel.domain.backup.BackupName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that is there.
 *
 * @param name what it is called
 * @param directory where it is
 * @param manifest what it holds; empty if that cannot be read
 * @param verified the last check; empty if it was never checked
 * @param restored the last time that it was restored to try it out; empty if it never was
 */
public record Backup(
        BackupName name,
        Path directory,
        Optional<Manifest> manifest,
        Optional<Check> verified,
        Optional<Check> restored) {

    /** The instant that it holds; empty if its manifest cannot be read. */
    public Optional<Instant> at() {
        return manifest.map(Manifest::at);
    }

    /** Whether its last check has found nothing wrong. */
    public boolean isSound() {
        return manifest.isPresent() && verified.map(Check::passed).orElse(false);
    }
}
