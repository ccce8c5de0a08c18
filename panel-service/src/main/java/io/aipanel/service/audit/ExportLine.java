package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.domain.audit.VerifierKey;
import java.util.List;

/** What an export is made of. */
sealed interface ExportLine {

    /**
     * The first line of the export of a whole log.
     *
     * @param origins the names that the log has had; none if it has no name yet
     * @param tree how large the log is, and where it begins
     * @param keys the public keys of those who have signed it
     */
    record Head(LogOrigins origins, LogTree tree, List<VerifierKey> keys) implements ExportLine {}

    /**
     * An event.
     *
     * @param stored what is there; can be read when it is written
     */
    record Event(StoredEvent stored) implements ExportLine {}

    /**
     * A node of the tree that the log's store keeps; comes after the event that is its last leaf.
     *
     * @param node the node
     */
    record Node(TreeNode node) implements ExportLine {}

    /**
     * A checkpoint that the log's store keeps; comes after the last event that it is about.
     *
     * @param checkpoint as it was signed
     */
    record Signed(SignedCheckpoint checkpoint) implements ExportLine {}
}
