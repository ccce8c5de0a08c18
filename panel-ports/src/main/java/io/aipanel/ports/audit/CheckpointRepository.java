package io.aipanel.ports.audit;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.VerifierKey;
import java.util.List;
import java.util.Optional;

/**
 * What is kept in the audit store to prove the log: its name, signed checkpoints, the public keys of those who sign, and
 * how well checkpoints get to places outside. Safe for use by many threads and processes at once.
 */
public interface CheckpointRepository {

    /**
     * The log's present name, which changes only if {@link #beginOrigin another begins}.
     *
     * @param proposal becomes the name if the log has none: as {@link io.aipanel.domain.audit.Checkpoint} wants it
     */
    String origin(String proposal);

    /**
     * Gives the log another name, under which it is signed from now on. That is for a log that was restored from a backup
     * and no longer has what came after it: what was signed under the names before can be checked only as far as the log goes
     * back. Atomic: of whatever is appended at the same time, each event comes before it or after it.
     *
     * @param name as {@link io.aipanel.domain.audit.Checkpoint} wants it
     * @return the name, and how many events the log has; none if it had no name before, because then it has always had this
     *     one
     * @throws io.aipanel.ports.storage.AlreadyExists ({@code origin}) if the log has the name, or had it before
     */
    LogOrigin beginOrigin(String name);

    /** The names that the log has had. */
    LogOrigins origins();

    /**
     * Keeps a checkpoint. Nothing happens if there is one of this size by the same signer, or if the log has another name by
     * now, as only its present one vouches for what is there.
     *
     * @param checkpoint with one signature
     * @return whether the log has no name, or that of the checkpoint
     */
    boolean keep(KeptCheckpoint checkpoint);

    /** The checkpoint of the largest size, of several the latest; empty if there is none. */
    Optional<KeptCheckpoint> latest();

    /** The checkpoint of the largest size that a key has signed; empty if there is none. */
    Optional<KeptCheckpoint> latest(VerifierKey key);

    /** Checkpoints by size, then time of making, then id of the key, the smallest first. */
    Page<KeptCheckpoint> checkpoints(PageRequest page);

    /** Notes a public key; nothing happens if it was noted before. */
    void keep(VerifierKey key);

    /** The public keys of all who have ever signed, in the order in which they were noted. */
    List<VerifierKey> keys();

    /** Notes how well the checkpoints of a signer get to a place, instead of what was noted of both before. */
    void keep(AnchorState state);

    /** The places that were noted, by name, then signer. */
    List<AnchorState> anchors();

    /** Forgets a place, whoever's checkpoints got there; nothing happens if it is not there. */
    void forgetAnchor(String name);
}
