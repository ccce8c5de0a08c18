package io.aipanel.service.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The checkpoints that a store keeps, one after the other by size, of which few are in memory. For one thread. */
final class KeptCheckpoints implements LogCheckpoints {

    private final CheckpointRepository checkpoints;
    private final Optional<KeptCheckpoint> latest;
    private final Deque<SignedCheckpoint> read = new ArrayDeque<>();
    private long largestRead;
    private Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));

    KeptCheckpoints(CheckpointRepository checkpoints) {
        this.checkpoints = checkpoints;
        this.latest = checkpoints.latest();
    }

    /** The largest one at the start. Whatever is larger was made since, perhaps over events that were not looked at. */
    @Override
    public Optional<SignedCheckpoint> latest() {
        return latest.map(KeptCheckpoint::checkpoint);
    }

    @Override
    public Optional<Long> nextSize() {
        while (read.isEmpty() && next.isPresent()) {
            PageRequest request = next.get();
            Page<KeptCheckpoint> page = checkpoints.checkpoints(request);
            page.items().forEach(kept -> add(kept.checkpoint()));
            next = page.next().map(request::after);
        }
        long until = latest().map(each -> each.checkpoint().size()).orElse(-1L);
        return Optional.ofNullable(read.peek())
                .map(each -> each.checkpoint().size())
                .filter(size -> size <= until);
    }

    @Override
    public SignedCheckpoint take() {
        return read.remove();
    }

    private void add(SignedCheckpoint next) {
        long size = next.checkpoint().size();
        if (size < largestRead) {
            throw new StoreCorrupt(
                    "the checkpoint over " + size
                            + " events in the log's own store was changed: it is not where it belongs",
                    null);
        }
        largestRead = size;
        read.add(next);
    }
}
