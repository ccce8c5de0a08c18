package io.aipanel.sqlite.audit;

import io.aipanel.domain.audit.ConsistencyProof;
import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.InclusionProof;
import io.aipanel.domain.audit.KeptSubtrees;
import io.aipanel.domain.audit.KeptSubtrees.MissingHash;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.Proofs;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The log as it is within one transaction, and what it proves. Each proof is verified before it is given away: where it
 * comes from, events may have been changed by other means so that they still look like events.
 */
final class ProvenLog {

    private final LogTree tree;
    private final KeptSubtrees subtrees;

    private ProvenLog(LogTree tree, KeptSubtrees.Store store) {
        this.tree = tree;
        this.subtrees = new KeptSubtrees(tree, store);
    }

    static ProvenLog of(StoreConnection audit) {
        return new ProvenLog(TreeRow.tree(audit), new Kept(audit));
    }

    LogTree tree() {
        return tree;
    }

    InclusionProof inclusion(long index, long size) {
        if (index < tree.first() || size <= index || size > tree.size()) {
            throw new IllegalArgumentException("there is no proof of event " + index + " among " + size
                    + ": the log has " + tree.size() + " events, from " + tree.first());
        }
        return made(() -> {
            InclusionProof proof = Proofs.inclusion(subtrees, index, size);
            require(proof.proves(subtrees.top(0, index), root(size)));
            return proof;
        });
    }

    ConsistencyProof consistency(long from, long to) {
        if (from < Math.max(1, tree.first()) || to < from || to > tree.size()) {
            throw new IllegalArgumentException("there is no proof that " + to + " events begin with " + from
                    + ": the log has " + tree.size() + " events, from " + tree.first());
        }
        return made(() -> {
            ConsistencyProof proof = Proofs.consistency(subtrees, from, to);
            require(proof.proves(root(from), root(to)));
            return proof;
        });
    }

    /** The tree that the log had with so many events, of which there is at least one. */
    Peaks peaks(long size) {
        return made(() -> {
            Peaks peaks = Proofs.peaks(subtrees, size);
            require(Proofs.consistency(subtrees, size, tree.size()).proves(peaks.root(), tree.root()));
            return peaks;
        });
    }

    private Hash root(long size) {
        return size == tree.size() ? tree.root() : Proofs.root(subtrees, size);
    }

    private static <T> T made(Supplier<T> making) {
        try {
            return making.get();
        } catch (MissingHash e) {
            throw new StoreCorrupt(String.valueOf(e.getMessage()), e);
        }
    }

    private static void require(boolean proven) {
        if (!proven) {
            throw new StoreCorrupt(
                    "events of the audit log, or the tree over them, were changed by other means:"
                            + " panel audit verify says where",
                    null);
        }
    }

    private record Kept(StoreConnection audit) implements KeptSubtrees.Store {

        @Override
        public Optional<Hash> node(int height, long index) {
            return TreeNodes.hash(audit, height, index);
        }

        /** Up to the first one that is missing or cannot be read. */
        @Override
        public List<Hash> leaves(long from, long until) {
            List<Hash> leaves = new ArrayList<>();
            StoredEvents.each(audit, from, Math.toIntExact(until - from), stored -> {
                boolean sound =
                        stored.index() == from + leaves.size() && stored.event().isPresent();
                if (sound) {
                    leaves.add(EventEncoding.leaf(stored.event().get()));
                }
                return sound;
            });
            return leaves;
        }
    }
}
