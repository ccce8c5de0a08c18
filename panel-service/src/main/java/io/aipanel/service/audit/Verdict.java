package io.aipanel.service.audit;

import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.service.audit.Verification.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what it is worth that nothing was found wrong.
 *
 * @param evidence what was given
 * @param keys whose signatures counted
 * @param trail what the checkpoints said
 * @param first where the log begins
 * @param size where it ends
 */
record Verdict(Evidence evidence, TrustedKeys keys, CheckpointTrail trail, long first, long size) {

    Verification words() {
        long beyond = trail.largestMatch();
        if (beyond == 0
                && keys.isGiven()
                && trail.untrusted() > 0
                && trail.renamed().isEmpty()) {
            return verification(
                    Status.BROKEN,
                    "none of the log's own checkpoints is signed by a given public key: the log was rebuilt with another"
                            + " key, or the key is another log's");
        }
        boolean ofUse = evidence.checkpoints().isEmpty() || trail.largestGivenMatch() > 0;
        return beyond > 0 && ofUse
                ? verification(Status.INTACT, consistent() + ", and " + proven(beyond) + afterRenaming())
                : verification(
                        Status.NOT_VERIFIABLE,
                        consistent() + ", but " + whyNot() + ": not verifiable beyond " + beyond + afterRenaming());
    }

    private String consistent() {
        long checked = size - first;
        return "consistent in itself, " + checked + (checked == 1 ? " event" : " events") + " checked"
                + (first > 0 ? " (what was before " + first + " was cut off by the panel itself)" : "")
                + restored();
    }

    private String restored() {
        List<LogOrigin> later = keys.origins().all().stream().skip(1).toList();
        return later.isEmpty()
                ? ""
                : later.stream()
                        .map(origin ->
                                "from a backup that held " + origin.from() + (origin.from() == 1 ? " event" : " events")
                                        + " and called " + origin.name() + " since")
                        .collect(Collectors.joining(", then ", " (restored ", ")"));
    }

    /** What was signed under a name that no given key has. */
    private String afterRenaming() {
        return trail.renamed()
                .map(key -> "; what was signed as " + key.name()
                        + " counts only if the key is given under that name, too: " + key)
                .orElse("");
    }

    private String whyNot() {
        Optional<Long> tooOld = trail.tooOld();
        if (tooOld.isPresent()) {
            return "the checkpoint over " + tooOld.get() + " events is from before the cut at " + first
                    + ", and there is nothing left to compare it with";
        }
        if (trail.renamed().isPresent()) {
            return "the given public key is for a name that the log no longer has";
        }
        if (onlyOverNothing()) {
            return "a checkpoint over 0 events proves nothing";
        }
        if (keys.isGiven()) {
            return "no checkpoint is there that a given public key has signed";
        }
        return "without a public key and a checkpoint that was kept elsewhere nothing proves that it was not rebuilt, or its"
                + " newest events cut off";
    }

    private boolean onlyOverNothing() {
        return !evidence.checkpoints().isEmpty()
                && evidence.checkpoints().stream()
                        .allMatch(given -> given.checkpoint().size() == 0);
    }

    private String proven(long beyond) {
        String upTo = "as it was when " + beyond + (beyond == 1 ? " event was" : " events were") + " signed for";
        if (trail.largestGivenMatch() == beyond) {
            return upTo + " in a checkpoint that was kept elsewhere; not verifiable beyond " + beyond;
        }
        if (keys.isGiven() || trail.largestGivenMatch() > 0) {
            return upTo + " with a trusted key in the newest checkpoint of the log's own store"
                    + (trail.renamed().isPresent() ? " that has its name" : "") + "; not verifiable beyond "
                    + beyond + ": whether newer events were cut off together with their checkpoints, only one that was"
                    + " kept elsewhere can show";
        }
        return upTo + " with this panel's own key, which proves nothing against somebody who has the key file; not"
                + " verifiable beyond " + beyond + ": give a checkpoint that was kept elsewhere, and the public key";
    }

    private Verification verification(Status status, String message) {
        return new Verification(status, size - first, Optional.empty(), message, trail.largestMatch());
    }
}
