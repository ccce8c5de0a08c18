package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.InclusionProof;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.Optional;

/** Proofs about the log, asked for from outside. Safe for use by many threads. */
final class LogProofs {

    private final AuditRepository audit;
    private final CheckpointRepository checkpoints;

    LogProofs(AuditRepository audit, CheckpointRepository checkpoints) {
        this.audit = audit;
        this.checkpoints = checkpoints;
    }

    /** See {@link AuditLog#inclusion}. */
    ProvenEvent inclusion(long index, Optional<Long> size) {
        LogTree tree = audit.tree();
        require("index", tree.first(), tree.size() - 1, index);
        long of = size.or(() -> signedSize(index, tree)).orElse(tree.size());
        require("size", index + 1, tree.size(), of);
        AuditEvent event = audit.event(index)
                .orElseThrow(() -> new StoreCorrupt(
                        "event " + index + " is missing: the log was damaged; panel audit verify says where", null));
        Hash leaf = EventEncoding.leaf(event.event());
        InclusionProof proof = audit.inclusion(index, of);
        return new ProvenEvent(event, leaf, proof, proof.rootFrom(leaf).orElseThrow());
    }

    /** See {@link AuditLog#consistency}. */
    ConsistencyProof consistency(long from, long to) {
        LogTree tree = audit.tree();
        require("from", Math.max(1, tree.first()), tree.size(), from);
        require("to", from, tree.size(), to);
        return audit.consistency(from, to);
    }

    private Optional<Long> signedSize(long index, LogTree tree) {
        return checkpoints
                .latest()
                .map(latest -> latest.checkpoint().checkpoint().size())
                .filter(signed -> signed > index && signed <= tree.size());
    }

    /**
     * Requires that a number lies within what the log has.
     *
     * @throws InvalidValueException if it does not
     */
    static void require(String field, long least, long most, long value) {
        if (least > most) {
            throw new InvalidValueException(field, "cannot be " + value + ": the log has no events there");
        }
        if (value < least || value > most) {
            throw new InvalidValueException(
                    field, "must be " + least + " to " + most + " in this log (it is " + value + ")");
        }
    }
}
