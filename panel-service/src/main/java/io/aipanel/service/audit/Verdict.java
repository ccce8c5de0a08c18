package io.aipanel.service.audit;

import io.aipanel.service.audit.Verification.Status;
import java.util.Optional;

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
        if (beyond == 0 && keys.isGiven() && trail.untrusted() > 0) {
            return verification(
                    Status.BROKEN,
                    "none of the log's own checkpoints is signed by a given public key: the log was rebuilt with another"
                            + " key, or the key is another log's");
        }
        boolean ofUse = evidence.checkpoints().isEmpty() || trail.largestGivenMatch() > 0;
        return beyond > 0 && ofUse
                ? verification(Status.INTACT, consistent() + ", and " + proven(beyond))
                : verification(
                        Status.NOT_VERIFIABLE,
                        consistent() + ", but " + whyNot() + ": not verifiable beyond " + beyond);
    }

    private String consistent() {
        long checked = size - first;
        return "consistent in itself, " + checked + (checked == 1 ? " event" : " events") + " checked"
                + (first > 0 ? " (what was before " + first + " was cut off by the panel itself)" : "");
    }

    private String whyNot() {
        Optional<Long> tooOld = trail.tooOld();
        if (tooOld.isPresent()) {
            return "the checkpoint over " + tooOld.get() + " events is from before the cut at " + first
                    + ", and there is nothing left to compare it with";
        }
        if (keys.isGiven()) {
            return "no checkpoint is there that a given public key has signed";
        }
        return "without a public key and a checkpoint that was kept elsewhere nothing proves that it was not rebuilt, or its"
                + " newest events cut off";
    }

    private String proven(long beyond) {
        String upTo = "as it was when " + beyond + (beyond == 1 ? " event was" : " events were") + " signed for";
        if (trail.largestGivenMatch() == beyond) {
            return upTo + " in a checkpoint that was kept elsewhere; not verifiable beyond " + beyond;
        }
        if (keys.isGiven() || trail.largestGivenMatch() > 0) {
            return upTo + " with a trusted key in the newest checkpoint of the log's own store; not verifiable beyond "
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
