package io.aipanel.service.audit;

import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.audit.AuditRepository;
import java.util.Optional;

/** Whether a log goes on from what was signed before. Costs a few looks into the tree, however large the log is. */
final class Continuity {

    private Continuity() {}

    /**
     * What contradicts a checkpoint; empty if nothing does, as far as the log still reaches back.
     *
     * @param before what was signed; must have been read before the tree was
     * @param tree the log now
     * @param audit proves that the one begins with the other
     * @throws io.aipanel.ports.storage.StoreCorrupt if the tree was damaged by other means where the proof comes from
     */
    static Optional<String> broken(Checkpoint before, LogTree tree, AuditRepository audit) {
        if (before.size() > tree.size()) {
            return Optional.of("it has " + tree.size() + " events, and a checkpoint was signed over " + before.size());
        }
        if (before.size() == tree.size() && !before.root().equals(tree.root())) {
            return Optional.of("it is another than the one that was signed with " + before.size() + " events");
        }
        boolean isProvable = before.size() > 0 && before.size() >= tree.first() && before.size() < tree.size();
        if (isProvable && !audit.consistency(before.size(), tree.size()).proves(before.root(), tree.root())) {
            return Optional.of("it does not begin with what was signed over " + before.size() + " events");
        }
        return Optional.empty();
    }
}
