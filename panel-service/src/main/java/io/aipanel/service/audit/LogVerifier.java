package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.List;
import java.util.Optional;

/**
 * Checks a log: makes everything anew from its events, a stretch at a time, and compares it with what the store keeps and
 * with what was signed. Goes on while the log grows. Keeps nothing between two checks.
 */
final class LogVerifier {

    /** Events hold up to a mebibyte each, though they hardly ever do. */
    private static final int STRETCH = 1_000;

    private final AuditRepository audit;
    private final CheckpointRepository checkpoints;

    LogVerifier(AuditRepository audit, CheckpointRepository checkpoints) {
        this.audit = audit;
        this.checkpoints = checkpoints;
    }

    /**
     * Checks the whole log.
     *
     * @param evidence what was given
     * @param own the key of this panel; empty if it has none
     */
    Verification verify(Evidence evidence, Optional<SigningKey> own) {
        long checked = 0;
        try {
            KeptCheckpoints kept = new KeptCheckpoints(checkpoints);
            Optional<String> origin =
                    kept.latest().map(latest -> latest.checkpoint().origin());
            TrustedKeys keys = keys(evidence, origin, own);
            for (SignedCheckpoint given : evidence.checkpoints()) {
                Optional<Finding> objection = keys.objection(given, origin);
                if (objection.isPresent()) {
                    return broken(objection.get(), 0, 0);
                }
            }
            CheckpointTrail trail = new CheckpointTrail(evidence.checkpoints(), kept, keys);
            LogPart part = firstPart();
            long first = part.tree().first();
            trail.begin(first, part.tree().cut()::root);
            TreeReplay replay = new TreeReplay(part.tree().cut(), trail);
            while (true) {
                Optional<Finding> obstacle = replay.take(part);
                checked = replay.size() - first;
                if (obstacle.isPresent()) {
                    return broken(obstacle.get(), checked, trail.largestMatch());
                }
                if (part.events().size() < STRETCH) {
                    break;
                }
                part = audit.part(replay.size(), STRETCH);
                if (part.tree().first() != first) {
                    // Somebody has just cut off the beginning, and what is left is to be checked from its own.
                    return verify(evidence, own);
                }
            }
            Optional<Finding> wrong = replay.end(part.tree()).or(() -> trail.end(replay.size()));
            if (wrong.isPresent()) {
                return broken(wrong.get(), checked, trail.largestMatch());
            }
            return new Verdict(evidence, keys, trail, first, replay.size()).words();
        } catch (StoreCorrupt e) {
            return broken(Finding.of(String.valueOf(e.getMessage())), checked, 0);
        }
    }

    private LogPart firstPart() {
        // Not from what tells the size to everybody else, which fails if it was damaged.
        long first = audit.part(0, 1).tree().first();
        LogPart part = audit.part(first, STRETCH);
        // Again, if somebody has just cut off the beginning.
        return part.tree().first() == first ? part : firstPart();
    }

    private TrustedKeys keys(Evidence evidence, Optional<String> origin, Optional<SigningKey> own) {
        List<VerifierKey> listed = checkpoints.keys();
        if (!evidence.keys().isEmpty()) {
            return new TrustedKeys(evidence.keys(), listed, true);
        }
        List<VerifierKey> owned =
                own.flatMap(key -> origin.map(key::verifier)).stream().toList();
        return new TrustedKeys(owned, listed, false);
    }

    private static Verification broken(Finding finding, long checked, long beyond) {
        return new Verification(Verification.Status.BROKEN, checked, finding.index(), finding.message(), beyond);
    }
}
