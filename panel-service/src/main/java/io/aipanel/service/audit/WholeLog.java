package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The whole log by index, as large as it was at the beginning, with all that a check of it needs. */
final class WholeLog implements ExportSource {

    private final AuditRepository audit;
    private final KeptCheckpoints checkpoints;
    private final ExportLine.Head head;
    private boolean begun;
    private long next;

    WholeLog(AuditRepository audit, CheckpointRepository store) {
        this.audit = audit;
        // First, because the log may grow between the two, but never shrink.
        this.checkpoints = new KeptCheckpoints(store);
        this.head = new ExportLine.Head(store.origins(), audit.tree(), store.keys());
        this.next = tree().first();
    }

    /** How large the log is, and where it begins. */
    LogTree tree() {
        return head.tree();
    }

    @Override
    public boolean writePiece(ExportSink sink) throws IOException {
        if (!begun) {
            begun = true;
            sink.write(head);
            while (checkpoints.nextSize().filter(size -> size < next).isPresent()) {
                checkpoints.take();
            }
            writeCheckpoints(sink, next);
        }
        if (next < tree().size()) {
            writeEvents(sink);
        }
        if (next < tree().size()) {
            return true;
        }
        // None, unless somebody has removed events that were signed: then they say so.
        writeCheckpoints(sink, Long.MAX_VALUE);
        return false;
    }

    private void writeEvents(ExportSink sink) throws IOException {
        LogPart part = audit.part(next, (int) Math.min(PIECE, tree().size() - next));
        if (part.tree().first() != tree().first()) {
            throw new ExportOvertaken(part.tree().first());
        }
        Deque<TreeNode> nodes = new ArrayDeque<>(part.nodes());
        for (StoredEvent stored : part.events()) {
            requireNext(stored);
            sink.write(new ExportLine.Event(stored));
            next++;
            while (!nodes.isEmpty() && end(nodes.peek()) <= next) {
                sink.write(new ExportLine.Node(nodes.remove()));
            }
            writeCheckpoints(sink, next);
        }
        if (part.events().isEmpty()) {
            throw missing(tree().size());
        }
    }

    private void requireNext(StoredEvent stored) {
        if (stored.index() != next) {
            throw missing(Math.min(stored.index(), tree().size()));
        }
        if (stored.event().isEmpty()) {
            throw new StoreCorrupt(
                    "event " + next + " was changed by other means (" + stored.problem()
                            + ") and cannot be exported: panel audit verify says more",
                    null);
        }
    }

    private StoreCorrupt missing(long until) {
        return new StoreCorrupt(
                Finding.missing(next, until - 1).message()
                        + ", and the rest is not exported: panel audit verify says more",
                null);
    }

    private void writeCheckpoints(ExportSink sink, long until) throws IOException {
        while (checkpoints.nextSize().filter(size -> size <= until).isPresent()) {
            sink.write(new ExportLine.Signed(checkpoints.take()));
        }
    }

    private static long end(TreeNode node) {
        return node.index() + 1 << node.height();
    }
}
