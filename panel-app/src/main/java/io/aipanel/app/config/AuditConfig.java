package io.aipanel.app.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the audit log is vouched for.
 *
 * @param key the file with the key that signs checkpoints
 * @param keyIsGiven whether somebody has named that file
 * @param origin the log's name, if it has none yet; empty for one by chance
 * @param anchorFile a file that checkpoints are appended to; empty for none
 * @param anchorUrl a server that checkpoints are sent to; empty for none
 */
public record AuditConfig(
        Path key, boolean keyIsGiven, Optional<String> origin, Optional<Path> anchorFile, Optional<URI> anchorUrl) {

    /** Where the key is unless somebody names another file, and the data is on a database server. */
    static final Path BESIDE_A_SERVER = Path.of("/var/lib/panel/audit.key");

    /** The file, unless nobody has named it and it can be neither read nor made. */
    public Optional<Path> usableKey() {
        return whyNoKey().isPresent() ? Optional.empty() : Optional.of(key);
    }

    /** Why there can be no key: the usual place is not there, which nobody needs to have. Empty if there can. */
    public Optional<String> whyNoKey() {
        Path parent = key.toAbsolutePath().getParent();
        boolean possible = !key.equals(BESIDE_A_SERVER)
                || keyIsGiven
                || Files.exists(key)
                || parent != null && Files.isDirectory(parent) && Files.isWritable(parent);
        return possible
                ? Optional.empty()
                : Optional.of("the audit log is not signed, because " + parent
                        + " is no directory that can be written to: make it, or name a file with audit.key");
    }
}
