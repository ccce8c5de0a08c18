package io.aipanel.service.audit;

import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose signatures count. A key is trusted under the name that it was given with: under another name it could belong to
 * another log.
 *
 * @param trusted keys that are taken for the log's because somebody outside the store says so, or because this panel has the
 *     secret half
 * @param listed keys that the log's store says belong to it
 * @param isGiven whether the trusted keys were given for this check; then no others count for checkpoints from elsewhere
 * @param origins the names that the log has had; none if its store knows of none
 */
record TrustedKeys(List<VerifierKey> trusted, List<VerifierKey> listed, boolean isGiven, LogOrigins origins) {

    /** Whether one of the trusted keys has signed a checkpoint. */
    boolean trusts(SignedCheckpoint checkpoint) {
        return trusted.stream().anyMatch(checkpoint::isSignedBy);
    }

    /** Whether any key has signed it that there is reason to believe belongs to the log. */
    boolean knows(SignedCheckpoint checkpoint) {
        return trusts(checkpoint) || listed.stream().anyMatch(checkpoint::isSignedBy);
    }

    /**
     * Whether a checkpoint from elsewhere counts to which there is no {@link #objection}. A key that is trusted under a later
     * name of the log is trusted under those before it here: somebody has kept the checkpoint as this log's.
     */
    boolean vouchesFor(SignedCheckpoint given) {
        return Stream.of(trusted, formerly(given), isGiven ? List.<VerifierKey>of() : listed)
                .flatMap(List::stream)
                .anyMatch(given::isSignedBy);
    }

    /** The trusted key that has signed a checkpoint under a name that the log got only after that of the key; empty if none. */
    Optional<VerifierKey> renamed(SignedCheckpoint checkpoint) {
        String its = checkpoint.checkpoint().origin();
        return trusted.stream()
                .filter(key -> precedes(key.name(), its))
                .map(key -> key.named(its))
                .filter(checkpoint::isSignedBy)
                .findFirst();
    }

    /** Whether the log had the name of a checkpoint when it had as many events, or nothing says which names it had. */
    boolean fitsItsName(SignedCheckpoint checkpoint) {
        long size = checkpoint.checkpoint().size();
        return origins.all().isEmpty()
                || origins.named(checkpoint.checkpoint().origin())
                        .filter(named -> named.from() <= size)
                        .filter(named -> origins.after(named).stream().allMatch(after -> size <= after.from()))
                        .isPresent();
    }

    /** The name that the log got before it had as many events as a checkpoint of an earlier one is about; empty if none. */
    Optional<LogOrigin> restoredBefore(SignedCheckpoint checkpoint) {
        return origins.named(checkpoint.checkpoint().origin())
                .flatMap(origins::after)
                .filter(after -> after.from() < checkpoint.checkpoint().size());
    }

    /** Why a checkpoint from elsewhere is not this log's; empty if it is. */
    Optional<Finding> objection(SignedCheckpoint checkpoint) {
        return wrongName(checkpoint.checkpoint()).or(() -> wrongSignature(checkpoint));
    }

    private Optional<Finding> wrongName(Checkpoint checkpoint) {
        if (origins.all().isEmpty()) {
            return Optional.empty();
        }
        Optional<LogOrigin> named = origins.named(checkpoint.origin());
        if (named.isEmpty()) {
            return Optional.of(Finding.of("the checkpoint that was kept elsewhere is of the log " + checkpoint.origin()
                    + ", and this is " + names() + ": the log was replaced, "
                    + (origins.all().size() == 1
                            ? ""
                            : "or restored from a backup that was made before it got that name, ")
                    + "or it is another log's checkpoint"));
        }
        return named.filter(name -> name.from() > checkpoint.size())
                .map(name -> Finding.of("the checkpoint over " + checkpoint.size()
                        + " events that was kept elsewhere is of " + name.name()
                        + ", which this log is called only since it"
                        + " had " + name.from() + ": the log was replaced, or the list of its names was changed"));
    }

    private Optional<Finding> wrongSignature(SignedCheckpoint checkpoint) {
        if (vouchesFor(checkpoint) || renamed(checkpoint).isPresent()) {
            return Optional.empty();
        }
        String which = "the checkpoint over " + checkpoint.checkpoint().size() + " events that was kept elsewhere ";
        boolean claims = Stream.of(trusted, formerly(checkpoint), isGiven ? List.<VerifierKey>of() : listed)
                .flatMap(List::stream)
                .anyMatch(key -> isNamedIn(checkpoint, key));
        return Optional.of(
                Finding.of(
                        claims
                                ? which + "was changed: its signature does not fit it"
                                : which + "is signed by none of the " + (isGiven ? "given public keys" : "log's keys")
                                        + ": the log was rebuilt with another key, or the key or the checkpoint is another log's"));
    }

    /** The trusted keys under the name of a checkpoint, if the log had theirs after that. */
    private List<VerifierKey> formerly(SignedCheckpoint checkpoint) {
        String its = checkpoint.checkpoint().origin();
        return trusted.stream()
                .filter(key -> precedes(its, key.name()))
                .map(key -> key.named(its))
                .toList();
    }

    private boolean precedes(String before, String after) {
        List<String> names = origins.all().stream().map(LogOrigin::name).toList();
        return names.contains(before) && names.indexOf(before) < names.indexOf(after);
    }

    private String names() {
        List<String> names = origins.all().stream().map(LogOrigin::name).toList();
        int last = names.size() - 1;
        return names.get(last) + (last == 0 ? "" : " (before: " + String.join(", ", names.subList(0, last)) + ")");
    }

    private static boolean isNamedIn(SignedCheckpoint checkpoint, VerifierKey key) {
        return checkpoint.signatures().stream()
                .anyMatch(signature ->
                        signature.keyId() == key.id() && signature.name().equals(key.name()));
    }
}
