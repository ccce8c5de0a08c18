package io.aipanel.service.audit;

import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
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
    /** The one of those from elsewhere that is about the most events that a restored log no longer has. */
    private final Optional<SignedCheckpoint> largestLost;

    private final LogCheckpoints kept;
    private final TrustedKeys keys;
    private Optional<Finding> finding = Optional.empty();
    private long largestMatch;
    private long largestGivenMatch;
    private Optional<Long> smallestMismatch = Optional.empty();
    private Optional<Long> tooOld = Optional.empty();
    private Optional<VerifierKey> renamed = Optional.empty();
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
     * @param given those from elsewhere, to which there is no objection
     * @param kept those that come with the log
     * @param keys whose signatures count
     */
    CheckpointTrail(List<SignedCheckpoint> given, LogCheckpoints kept, TrustedKeys keys) {
        List<SignedCheckpoint> bySize = given.stream()
                .sorted(Comparator.comparingLong(each -> each.checkpoint().size()))
                .toList();
        this.given = new ArrayDeque<>(bySize.stream()
                .filter(each -> keys.restoredBefore(each).isEmpty())
                .toList());
        this.largestLost = bySize.stream()
                .filter(each -> keys.restoredBefore(each).isPresent())
                .reduce((smaller, larger) -> larger);
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
            SignedCheckpoint next = given.remove();
            compare(next, made, Source.ELSEWHERE, keys.vouchesFor(next));
        }
        while (isNext(kept.nextSize(), size)) {
            compareKept(kept.take(), made);
        }
    }

    private void compareKept(SignedCheckpoint next, Hash made) {
        String which = "the checkpoint over " + next.checkpoint().size() + " events in the log's own store ";
        if (!keys.knows(next) && keys.renamed(next).isEmpty()) {
            note(Finding.of(which + "was changed: none of the log's keys has signed it"));
        } else if (!keys.fitsItsName(next)) {
            note(Finding.of(which + "is of " + next.checkpoint().origin()
                    + ", which the log was not called then: it, or the list of the log's names, was changed"));
        } else {
            compare(next, made, Source.STORE, keys.trusts(next));
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
        if (largestLost.isPresent()) {
            return largestLost.map(this::lost);
        }
        return kept.nextSize()
                .flatMap(any -> kept.latest())
                .map(largest -> cutOff(size, largest, Source.STORE))
                .or(() -> endsBeforeItsName(size));
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

    /** The trusted key that has signed the largest one that does not count because the log got its name after the key's. */
    Optional<VerifierKey> renamed() {
        return renamed;
    }

    /** How many that the store keeps are signed by keys of the log that are not trusted under any of its names. */
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
        if (!trusted) {
            Optional<VerifierKey> known = keys.renamed(checkpoint);
            renamed = known.or(() -> renamed);
            untrusted += known.isPresent() ? 0 : 1;
        }
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

    /** What came after the backup is gone with everything that proves it, so this is all that can be said. */
    private Finding lost(SignedCheckpoint checkpoint) {
        LogOrigin next = keys.restoredBefore(checkpoint).orElseThrow();
        long size = checkpoint.checkpoint().size();
        return Finding.at(
                next.from(),
                "the log was restored from a backup that held " + events(next.from())
                        + ", or replaced by an older copy, and goes on as " + next.name() + ": "
                        + Finding.events(next.from(), size - 1) + ", for which a checkpoint of "
                        + checkpoint.checkpoint().origin() + " vouches that was kept elsewhere, "
                        + (size - next.from() == 1 ? "is" : "are")
                        + " gone from it; who knows of the restore checks against checkpoints that were made since");
    }

    private Optional<Finding> endsBeforeItsName(long size) {
        return keys.origins()
                .current()
                .filter(origin -> origin.from() > size)
                .map(origin -> Finding.at(
                        size,
                        "the newest events were cut off, or the list of the log's names was changed: it is called "
                                + origin.name() + " since it had " + events(origin.from()) + ", and has " + size));
    }

    private static String events(long number) {
        return number + (number == 1 ? " event" : " events");
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
