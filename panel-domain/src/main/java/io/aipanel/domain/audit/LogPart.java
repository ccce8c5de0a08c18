package io.aipanel.domain.audit;

import java.util.List;

/**
 * A stretch of a log as a store has it, for whoever checks it.
 *
 * @param tree how large the log is, and where it begins, at the moment of the look
 * @param events events by index
 * @param nodes the nodes of the tree that are kept and whose last leaf is one of the stretch, the lower ones first for each
 *     last leaf
 */
public record LogPart(LogTree tree, List<StoredEvent> events, List<TreeNode> nodes) {

    /** Copies the lists. */
    public LogPart {
        events = List.copyOf(events);
        nodes = List.copyOf(nodes);
    }
}
