package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeNode;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of an export, read once. */
final class ExportedLog implements LogSource {

    /** The most lines of a stretch besides its events: whoever signs does so at most every minute, and few do. */
    private static final int MOST_FURTHER = 100_000;

    /** The most characters of the details of a stretch, not counting its last event. */
    private static final int MOST_CHARACTERS = 8 << 20;

    private final ExportLine.Head head;
    private final ExportReader lines;
    private final Waiting checkpoints = new Waiting();
    /** Begins the next stretch. */
    private Optional<ExportLine> ahead = Optional.empty();
    /** Is told when all that comes before it has been looked at. */
    private @Nullable StoreCorrupt problem;

    private boolean ended;
    private long size;

    /**
     * @param head the first line
     * @param lines the others
     */
    ExportedLog(ExportLine.Head head, ExportReader lines) {
        this.head = head;
        this.lines = lines;
        this.size = head.tree().first();
    }

    @Override
    public LogOrigins origins() {
        return head.origins();
    }

    @Override
    public List<VerifierKey> keys() {
        return head.keys();
    }

    @Override
    public LogCheckpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public LogPart first() {
        return read();
    }

    @Override
    public Optional<LogPart> next() {
        if (problem != null) {
            throw problem;
        }
        return ended ? Optional.empty() : Optional.of(read());
    }

    private LogPart read() {
        List<StoredEvent> events = new ArrayList<>();
        List<TreeNode> nodes = new ArrayList<>();
        long characters = 0;
        try {
            Optional<ExportLine> line = ahead.isPresent() ? ahead : lines.next();
            while (line.isPresent()) {
                if (line.get() instanceof ExportLine.Event event) {
                    if (events.size() == STRETCH || characters >= MOST_CHARACTERS) {
                        break;
                    }
                    events.add(event.stored());
                    characters += length(event.stored());
                    size = event.stored().index() + 1;
                } else if (line.get() instanceof ExportLine.Node node) {
                    nodes.add(node.node());
                } else if (line.get() instanceof ExportLine.Signed signed) {
                    checkpoints.add(signed.checkpoint());
                } else {
                    throw lines.bad("begins another export");
                }
                if (nodes.size() + checkpoints.waiting.size() > MOST_FURTHER) {
                    throw lines.bad("is one of more checkpoints and nodes of the tree than belong to these events");
                }
                line = lines.next();
            }
            ahead = line;
            ended = line.isEmpty();
        } catch (StoreCorrupt e) {
            problem = e;
        }
        return new LogPart(head.tree(), events, nodes);
    }

    private static int length(StoredEvent stored) {
        return stored.event().map(event -> event.details().value().length()).orElse(0);
    }

    /** Those that were read and not looked at yet. */
    private final class Waiting implements LogCheckpoints {
        private final Deque<SignedCheckpoint> waiting = new ArrayDeque<>();

        void add(SignedCheckpoint next) {
            long over = next.checkpoint().size();
            // One over events that are missing is left to the check, which finds them missing.
            if (over < size
                    || !waiting.isEmpty()
                            && over < waiting.getLast().checkpoint().size()) {
                throw lines.bad("is the checkpoint over " + over + " events: it is not where it belongs");
            }
            waiting.add(next);
        }

        @Override
        public Optional<Long> nextSize() {
            return Optional.ofNullable(waiting.peek())
                    .map(each -> each.checkpoint().size());
        }

        @Override
        public SignedCheckpoint take() {
            return waiting.remove();
        }

        @Override
        public Optional<SignedCheckpoint> latest() {
            return Optional.ofNullable(waiting.peekLast());
        }
    }
}
