package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogPart;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.storage.StoreCorrupt;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks a log: makes everything anew from its events, a stretch at a time, and compares it with the tree that comes with
 * them and with what was signed. Keeps nothing between two checks.
 */
final class LogVerifier {

    private final Supplier<? extends LogSource> logs;
    private final LogProgress progress;

    /**
     * @param logs the log from its beginning; asked again if that was cut off meanwhile
     * @param progress hears how far it has come
     */
    LogVerifier(Supplier<? extends LogSource> logs, LogProgress progress) {
        this.logs = logs;
        this.progress = progress;
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
            LogSource log = logs.get();
            TrustedKeys keys = keys(evidence, log, own);
            for (SignedCheckpoint given : evidence.checkpoints()) {
                Optional<Finding> objection = keys.objection(given);
                if (objection.isPresent()) {
                    return broken(objection.get(), 0, 0);
                }
            }
            CheckpointTrail trail = new CheckpointTrail(evidence.checkpoints(), log.checkpoints(), keys);
            LogPart part = log.first();
            long first = part.tree().first();
            trail.begin(first, part.tree().cut()::root);
            TreeReplay replay = new TreeReplay(part.tree().cut(), trail);
            while (true) {
                Optional<Finding> obstacle = replay.take(part);
                checked = replay.size() - first;
                if (obstacle.isPresent()) {
                    return broken(obstacle.get(), checked, trail.largestMatch());
                }
                progress.reached(checked, Math.max(checked, part.tree().size() - first));
                Optional<LogPart> next = log.next();
                if (next.isEmpty()) {
                    break;
                }
                part = next.get();
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

    private static TrustedKeys keys(Evidence evidence, LogSource log, Optional<SigningKey> own) {
        LogOrigins origins = log.origins();
        if (!evidence.keys().isEmpty()) {
            return new TrustedKeys(evidence.keys(), log.keys(), true, origins);
        }
        List<VerifierKey> owned = origins.all().stream()
                .flatMap(origin -> own.map(key -> key.verifier(origin.name())).stream())
                .toList();
        return new TrustedKeys(owned, log.keys(), false, origins);
    }

    private static Verification broken(Finding finding, long checked, long beyond) {
        return new Verification(Verification.Status.BROKEN, checked, finding.index(), finding.message(), beyond);
    }
}
