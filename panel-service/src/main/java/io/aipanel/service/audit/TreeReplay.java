package io.aipanel.service.audit;

import io.aipanel.domain.audit.EventEncoding;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import io.aipanel.domain.audit.StoredEvent;
import io.aipanel.domain.audit.TreeGrowth;
import io.aipanel.domain.audit.TreeNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree over a log anew from its events, and compares it with what the store keeps of it. For one thread.
 *
 * <p>The store keeps no hash of a single event, so that one that was changed shows first where 256 of them meet. What other
 * nodes and {@link CheckpointTrail checkpoints} say about these 256 makes it fewer.
 */
final class TreeReplay {

    private final CheckpointTrail trail;
    private final TreeGrowth growth;
    private final long begin;
    private long size;
    /** The first node that was kept with another hash than its events have, or not at all. */
    private @Nullable TreeNode doubtful;

    private boolean doubtfulIsMissing;

    /**
     * @param cut the tree over what was cut off from the beginning
     * @param trail is asked on the way
     */
    TreeReplay(Peaks cut, CheckpointTrail trail) {
        this.trail = trail;
        this.growth = new TreeGrowth(cut);
        this.begin = cut.size();
        this.size = begin;
    }

    /** How many events the tree is over by now: the index of the next one. */
    long size() {
        return size;
    }

    /**
     * Goes on with a stretch of the log that begins at {@link #size}.
     *
     * @return what keeps it from going on
     */
    Optional<Finding> take(LogPart part) {
        Map<Place, Hash> kept = new HashMap<>();
        part.nodes().forEach(node -> kept.put(Place.of(node), node.hash()));
        for (StoredEvent stored : part.events()) {
            Optional<Finding> obstacle = obstacle(stored, part.tree().size());
            if (obstacle.isPresent()) {
                return obstacle;
            }
            growth.add(EventEncoding.leaf(stored.event().orElseThrow()));
            size++;
            compare(growth.takeCompleted(), kept);
            trail.reached(size, () -> growth.peaks().root());
        }
        return kept.keySet().stream()
                .findFirst()
                .map(place -> Finding.of("the tree has a node that was not made by the panel: number " + place.index()
                        + " at height " + place.height()));
    }

    /**
     * Compares the end with what the store says it is.
     *
     * @return what is wrong; empty if the events and all that is kept of the tree belong together
     */
    Optional<Finding> end(LogTree tree) {
        if (size < tree.size()) {
            return Optional.of(Finding.missing(size, tree.size() - 1));
        }
        Peaks made = growth.peaks();
        long from = 0;
        for (int peak = 0; peak < made.hashes().size(); peak++) {
            long end = from + Long.highestOneBit(size - from);
            boolean isSame =
                    made.hashes().get(peak).equals(tree.peaks().hashes().get(peak));
            if (doubtful != null && firstOf(doubtful) < end) {
                boolean eventsAreRight = isSame || trail.largestMatch() >= end;
                return Optional.of(eventsAreRight ? changedNode() : changedEvents(firstOf(doubtful), lastOf(doubtful)));
            }
            if (!isSame) {
                return Optional.of(changedPeak(from, end));
            }
            from = end;
        }
        return Optional.empty();
    }

    private Optional<Finding> obstacle(StoredEvent stored, long treeSize) {
        long index = stored.index();
        if (index < size) {
            return Optional.of(Finding.at(index, "there is more than one event " + index));
        }
        if (size < Math.min(index, treeSize)) {
            return Optional.of(Finding.missing(size, Math.min(index, treeSize) - 1));
        }
        if (index >= treeSize) {
            return Optional.of(Finding.at(
                    index,
                    "event " + index + " was added by other means: the tree is over " + treeSize + " events only"));
        }
        if (stored.event().isEmpty()) {
            return Optional.of(Finding.at(index, "event " + index + " was changed: " + stored.problem()));
        }
        return Optional.empty();
    }

    private void compare(List<TreeNode> completed, Map<Place, Hash> kept) {
        for (TreeNode node : completed) {
            Hash there = kept.remove(Place.of(node));
            if (doubtful == null && !node.hash().equals(there)) {
                doubtful = node;
                doubtfulIsMissing = there == null;
            }
        }
    }

    private Finding changedNode() {
        TreeNode node = Objects.requireNonNull(doubtful);
        return Finding.of("node " + node.index() + " at height " + node.height() + " of the tree "
                + (doubtfulIsMissing ? "is missing" : "was changed") + "; the events below it, "
                + Finding.events(firstOf(node), lastOf(node)) + ", are as they were");
    }

    /** Nobody but the row of the tree itself keeps the tops of fewer than 256 events, and those of more are nodes, too. */
    private Finding changedPeak(long first, long end) {
        boolean eventsAreRight = trail.largestMatch() >= end || end - first >= 1 << TreeNode.KEPT_FROM;
        return eventsAreRight
                ? Finding.of("the top of the tree over " + Finding.events(first, end - 1)
                        + " was changed; the events are as they were")
                : changedEvents(first, end - 1);
    }

    private Finding changedEvents(long first, long last) {
        long from = Math.max(Math.max(first, begin), Math.min(last, trail.largestMatch()));
        long to = trail.smallestMismatch()
                .filter(mismatch -> mismatch > from && mismatch <= last)
                .map(mismatch -> mismatch - 1)
                .orElse(last);
        String orBefore = first < begin ? ", or the tree over what was cut off before" : "";
        return Finding.at(
                from,
                from == to
                        ? "event " + from + " was changed" + orBefore
                        : "one of the events " + from + " to " + to + " was changed, or changed places with another"
                                + orBefore);
    }

    private static long firstOf(TreeNode node) {
        return node.index() << node.height();
    }

    private static long lastOf(TreeNode node) {
        return (node.index() + 1 << node.height()) - 1;
    }

    /** Where a node is. */
    private record Place(int height, long index) {
        static Place of(TreeNode node) {
            return new Place(node.height(), node.index());
        }
    }
}
