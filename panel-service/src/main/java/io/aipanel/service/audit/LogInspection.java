package io.aipanel.service.audit;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.service.storage.Condition;
import java.util.List;
import java.util.Optional;

/** Looks whether the log and the key that vouches for it are in order, as far as a few looks can tell. */
final class LogInspection {

    private static final String VERIFY = "; panel audit verify says more";

    private final AuditRepository audit;
    private final CheckpointRepository checkpoints;

    LogInspection(AuditRepository audit, CheckpointRepository checkpoints) {
        this.audit = audit;
        this.checkpoints = checkpoints;
    }

    /**
     * The file with the key: there, for its owner only, and one of the keys that have signed the log.
     *
     * @param file the file; empty if there is to be none
     */
    Condition key(Optional<KeyFile> file) {
        if (file.isEmpty()) {
            return Condition.well("none: the log is not signed here");
        }
        List<VerifierKey> known = checkpoints.keys();
        Optional<SigningKey> key;
        try {
            key = file.get().read();
        } catch (InvalidValueException e) {
            return Condition.wrong(e.getMessage());
        }
        if (key.isEmpty()) {
            return known.isEmpty()
                    ? Condition.well(file.get() + " is made by the first panel serve")
                    : Condition.wrong(file.get() + " is gone, and " + signers(known)
                            + ": put the file back; without it the next start makes a new key, whose public half must be"
                            + " taken to wherever checkpoints are kept");
        }
        if (known.isEmpty()) {
            return Condition.well(file.get() + ", which has signed nothing yet");
        }
        return known.stream()
                .filter(each -> key.get().verifier(each.name()).equals(each))
                // Of the names that the log has had, its latest.
                .reduce((former, later) -> later)
                .map(each -> Condition.well(file.get() + ", which is " + id(each)))
                .orElseGet(() -> Condition.wrong(file.get() + " holds a key that has not signed this log, and "
                        + signers(known)
                        + ": put the right file back, or, if it is to be a new key, sign with it: panel audit checkpoint"
                        + " --new"));
    }

    /**
     * The ends of the log against what the tree says, and the tree against the latest checkpoint.
     *
     * @throws io.aipanel.ports.storage.StoreCorrupt if the tree was damaged where it was looked at
     */
    Condition tree() {
        // First, because the log may grow between the two, but never shrink.
        Optional<KeptCheckpoint> latest = checkpoints.latest();
        LogTree tree = audit.tree();
        Optional<String> broken =
                latest.flatMap(kept -> Continuity.broken(kept.checkpoint().checkpoint(), tree, audit));
        if (broken.isPresent()) {
            return Condition.wrong("the audit log was changed by other means: " + broken.get() + VERIFY);
        }
        if (tree.first() < tree.size() && audit.event(tree.size() - 1).isEmpty()) {
            return Condition.wrong("event " + (tree.size() - 1) + ", the newest, is missing" + VERIFY);
        }
        if (tree.first() < tree.size()
                && audit.event(tree.first()).isEmpty()
                && audit.tree().first() == tree.first()) {
            return Condition.wrong("event " + tree.first() + ", the oldest, is missing" + VERIFY);
        }
        if (!audit.part(tree.size(), 1).events().isEmpty() && audit.size() == tree.size()) {
            return Condition.wrong("there are events past the end of the log, which has " + tree.size() + VERIFY);
        }
        return Condition.well(note(tree, latest));
    }

    private static String note(LogTree tree, Optional<KeptCheckpoint> latest) {
        String size =
                count(tree.size(), "event") + (tree.first() > 0 ? ", those below " + tree.first() + " cut off" : "");
        return size
                + latest.map(kept -> ", signed up to "
                                + kept.checkpoint().checkpoint().size())
                        .orElse(", not signed yet");
    }

    private static String signers(List<VerifierKey> known) {
        return (known.size() == 1 ? "another has: " : known.size() + " others have: ")
                + String.join(", ", known.stream().map(LogInspection::id).toList());
    }

    /** As it stands in the signatures: name and id, without the key. */
    private static String id(VerifierKey key) {
        return key.name() + "+" + key.hexId();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
