package io.aipanel.service.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the audit log is vouched for.
 *
 * @param keyFile the file with the key that signs checkpoints; made if there is none. Empty for no checkpoints
 * @param origin the log's name, if it has none yet; empty for one by chance. See
 *     {@link io.aipanel.domain.audit.Checkpoint#origin}
 * @param anchors where checkpoints are brought
 * @param automatic whether a checkpoint is made every minute in which something was recorded; if not, only when one is asked
 *     for, and the key file is not touched before
 */
public record AuditOptions(
        Optional<Path> keyFile, Optional<String> origin, List<CheckpointAnchor> anchors, boolean automatic) {

    /** No checkpoints. */
    public static final AuditOptions NONE = new AuditOptions(Optional.empty(), Optional.empty(), List.of(), false);

    /** Keeps its own copy of the list. */
    public AuditOptions {
        anchors = List.copyOf(anchors);
    }

    /** A checkpoint every minute in which something was recorded, signed with a key of one's own. */
    public static AuditOptions signedWith(Path keyFile, CheckpointAnchor... anchors) {
        return new AuditOptions(Optional.of(keyFile), Optional.empty(), List.of(anchors), true);
    }
}
