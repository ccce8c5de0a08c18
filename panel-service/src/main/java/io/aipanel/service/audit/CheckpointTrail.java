package io.aipanel.service.audit;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.SignedCheckpoint;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compares the roots that checkpoints name with those that the tree really has where they were made: those from elsewhere,
 * and those that the store keeps. For one thread.
 */
final class CheckpointTrail {

    private final Deque<SignedCheckpoint> given;
    private final LogCheckpoints kept;
    private final TrustedKeys keys;
    private Optional<Finding> finding = Optional.empty();
    private long largestMatch;
    private long largestGivenMatch;
    private Optional<Long> smallestMismatch = Optional.empty();
    private Optional<Long> tooOld = Optional.empty();
    private long untrusted;

    /** Where a checkpoint was. */
    private enum Source {
        ELSEWHERE("a checkpoint that was kept elsewhere"),
        STORE("a checkpoint in the log's own store");

        private final String words;

        Source(String words) {
            this.words = words;
        }
    }

    /**
     * @param given those from elsewhere, whose signatures are good
     * @param kept those that come with the log
     * @param keys whose signatures count
     */
    CheckpointTrail(List<SignedCheckpoint> given, LogCheckpoints kept, TrustedKeys keys) {
        this.given = new ArrayDeque<>(given.stream()
                .sorted(Comparator.comparingLong(each -> each.checkpoint().size()))
                .toList());
        this.kept = kept;
        this.keys = keys;
    }

    /** The log begins here: what was signed before can no longer be compared. */
    void begin(long first, Supplier<Hash> root) {
        while (nextGiven().filter(size -> size < first).isPresent()) {
            tooOld = Optional.of(given.remove().checkpoint().size());
        }
        while (kept.nextSize().filter(size -> size < first).isPresent()) {
            kept.take();
        }
        reached(first, root);
    }

    /** The tree has come to a size; its root is made only if somebody has signed one. */
    void reached(long size, Supplier<Hash> root) {
        if (!isNext(nextGiven(), size) && !isNext(kept.nextSize(), size)) {
            return;
        }
        Hash made = root.get();
        while (isNext(nextGiven(), size)) {
            compare(given.remove(), made, Source.ELSEWHERE, true);
        }
        while (isNext(kept.nextSize(), size)) {
            SignedCheckpoint next = kept.take();
            if (keys.knows(next)) {
                boolean trusted = keys.trusts(next);
                untrusted += trusted ? 0 : 1;
                compare(next, made, Source.STORE, trusted);
            } else {
                note(Finding.of("the checkpoint over " + size
                        + " events in the log's own store was changed: none of the log's keys has signed it"));
            }
        }
    }

    /** What is wrong with checkpoints, or between them and the log, now that it has ended. */
    Optional<Finding> end(long size) {
        if (finding.isPresent()) {
            return finding;
        }
        if (!given.isEmpty()) {
            return Optional.of(cutOff(size, given.getLast(), Source.ELSEWHERE));
        }
        return kept.nextSize().flatMap(any -> kept.latest()).map(largest -> cutOff(size, largest, Source.STORE));
    }

    /** The largest size at which a trusted checkpoint and the log agree; 0 for none. */
    long largestMatch() {
        return largestMatch;
    }

    /** The same of those from elsewhere. */
    long largestGivenMatch() {
        return largestGivenMatch;
    }

    /** The smallest size at which a trusted checkpoint and the log do not agree. */
    Optional<Long> smallestMismatch() {
        return smallestMismatch;
    }

    /** The largest size of a checkpoint from elsewhere that was made before the log begins; empty if there is none. */
    Optional<Long> tooOld() {
        return tooOld;
    }

    /** How many that the store keeps are signed by keys of the log that are not trusted. */
    long untrusted() {
        return untrusted;
    }

    private Optional<Long> nextGiven() {
        return Optional.ofNullable(given.peek()).map(each -> each.checkpoint().size());
    }

    private static boolean isNext(Optional<Long> next, long size) {
        return next.isPresent() && next.get() == size;
    }

    private void compare(SignedCheckpoint checkpoint, Hash made, Source source, boolean trusted) {
        long size = checkpoint.checkpoint().size();
        if (checkpoint.checkpoint().root().equals(made)) {
            if (trusted && smallestMismatch.isEmpty()) {
                largestMatch = size;
                largestGivenMatch = source == Source.ELSEWHERE ? size : largestGivenMatch;
            }
            return;
        }
        if (trusted && smallestMismatch.isEmpty()) {
            smallestMismatch = Optional.of(size);
        }
        String where = largestMatch == 0
                ? "with " + size + " events it is another than "
                : "its first " + largestMatch + " events are as they were, but with " + size + " it is another than ";
        note(Finding.at(
                Math.min(largestMatch, Math.max(0, size - 1)),
                "the log was rebuilt or replaced: " + where + source.words + " says"));
    }

    private void note(Finding found) {
        if (finding.isEmpty()) {
            finding = Optional.of(found);
        }
    }

    private static Finding cutOff(long size, SignedCheckpoint checkpoint, Source source) {
        long missing = checkpoint.checkpoint().size() - size;
        return Finding.at(
                size,
                (missing == 1 ? "the newest event was" : "the newest " + missing + " events were")
                        + " cut off, or the log was replaced by an older copy: " + source.words + " has "
                        + checkpoint.checkpoint().size() + ", the log has " + size);
    }
}
