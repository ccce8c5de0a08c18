package io.aipanel.service.audit;

import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose signatures count.
 *
 * @param trusted keys that are taken for the log's because somebody outside the store says so, or because this panel has the
 *     secret half
 * @param listed keys that the log's store says belong to it
 * @param isGiven whether the trusted keys were given for this check; then no others count for checkpoints from elsewhere
 */
record TrustedKeys(List<VerifierKey> trusted, List<VerifierKey> listed, boolean isGiven) {

    /** Whether one of the trusted keys has signed a checkpoint. */
    boolean trusts(SignedCheckpoint checkpoint) {
        return trusted.stream().anyMatch(checkpoint::isSignedBy);
    }

    /** Whether any key has signed it that there is reason to believe belongs to the log. */
    boolean knows(SignedCheckpoint checkpoint) {
        return trusts(checkpoint) || listed.stream().anyMatch(checkpoint::isSignedBy);
    }

    /**
     * Why a checkpoint from elsewhere does not count; empty if it does.
     *
     * @param origin the log's name; empty if the store has no checkpoint that says it
     */
    Optional<Finding> objection(SignedCheckpoint checkpoint, Optional<String> origin) {
        String its = checkpoint.checkpoint().origin();
        if (origin.isPresent() && !its.equals(origin.get())) {
            return Optional.of(Finding.of("the checkpoint that was kept elsewhere is of the log " + its
                    + ", and this is " + origin.get() + ": the log was replaced, or it is another log's checkpoint"));
        }
        List<VerifierKey> counting = isGiven
                ? trusted
                : Stream.concat(trusted.stream(), listed.stream()).toList();
        if (counting.stream().anyMatch(checkpoint::isSignedBy)) {
            return Optional.empty();
        }
        String which = "the checkpoint over " + checkpoint.checkpoint().size() + " events that was kept elsewhere ";
        boolean claims = counting.stream().anyMatch(key -> isNamedIn(checkpoint, key));
        return Optional.of(
                Finding.of(
                        claims
                                ? which + "was changed: its signature does not fit it"
                                : which + "is signed by none of the " + (isGiven ? "given public keys" : "log's keys")
                                        + ": the log was rebuilt with another key, or the key or the checkpoint is another log's"));
    }

    private static boolean isNamedIn(SignedCheckpoint checkpoint, VerifierKey key) {
        return checkpoint.signatures().stream()
                .anyMatch(signature ->
                        signature.keyId() == key.id() && signature.name().equals(key.name()));
    }
}
