package io.aipanel.service.audit;

import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.AuditRepository;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checkpoints and keeps them. Signs nothing that contradicts what it has signed before. Safe for use by many threads. */
final class Checkpointer {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final AuditRepository audit;
    private final CheckpointRepository checkpoints;
    private final KeyFile keyFile;
    private final Optional<String> wantedOrigin;
    private final InstantSource clock;
    private @Nullable SigningKey key;
    private @Nullable VerifierKey verifier;

    Checkpointer(
            AuditRepository audit,
            CheckpointRepository checkpoints,
            KeyFile keyFile,
            Optional<String> wantedOrigin,
            InstantSource clock) {
        this.audit = audit;
        this.checkpoints = checkpoints;
        this.keyFile = keyFile;
        this.wantedOrigin = wantedOrigin;
        this.clock = clock;
    }

    /**
     * The key, which is made if there is none.
     *
     * @throws io.aipanel.domain.InvalidValueException if it cannot be used
     */
    synchronized SigningKey key() {
        if (key == null) {
            key = keyFile.readOrMake();
        }
        return key;
    }

    /**
     * The key; empty if none was made yet.
     *
     * @throws io.aipanel.domain.InvalidValueException if it cannot be used
     */
    synchronized Optional<SigningKey> keyIfMade() {
        return key == null ? keyFile.read() : Optional.of(key);
    }

    /**
     * Makes a checkpoint of the log as it is, unless the latest is that.
     *
     * @return the new or the latest one
     * @throws StoreCorrupt if the log does not continue what this key has signed before
     */
    synchronized KeptCheckpoint make() {
        Optional<KeptCheckpoint> made = Optional.empty();
        while (made.isEmpty()) {
            made = makeUnlessRenamed();
        }
        return made.get();
    }

    /** Makes one; empty if the log has got another name meanwhile. */
    private Optional<KeptCheckpoint> makeUnlessRenamed() {
        // In this order, because the log may grow or be renamed between the two, but never shrink.
        LogOrigins origins = origins();
        VerifierKey own = verifier(origins);
        Optional<KeptCheckpoint> latest = latest(origins);
        LogTree tree = audit.tree();
        if (latest.isPresent()) {
            Checkpoint before = latest.get().checkpoint().checkpoint();
            Continuity.broken(before, tree, audit).ifPresent(how -> {
                throw changed(how);
            });
            if (before.size() == tree.size() && before.origin().equals(own.name())) {
                return latest;
            }
        }
        Checkpoint checkpoint = new Checkpoint(own.name(), tree.size(), tree.root());
        KeptCheckpoint made = new KeptCheckpoint(clock.instant(), key().sign(checkpoint));
        return checkpoints.keep(made) ? Optional.of(made) : Optional.empty();
    }

    /** What this key has signed last under the log's present name, or else under the one before. */
    private Optional<KeptCheckpoint> latest(LogOrigins origins) {
        List<LogOrigin> newestFirst = new ArrayList<>(origins.all());
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .flatMap(origin -> checkpoints.latest(key().verifier(origin.name())).stream())
                .findFirst();
    }

    private static StoreCorrupt changed(String how) {
        return new StoreCorrupt(
                "the audit log was changed by other means, and is not signed: " + how
                        + "; panel audit verify says more, and a backup has what was there",
                null);
    }

    private LogOrigins origins() {
        LogOrigins origins = checkpoints.origins();
        if (origins.current().isPresent()) {
            return origins;
        }
        checkpoints.origin(wantedOrigin.orElseGet(() -> "aipanel/" + UUID.randomUUID()));
        return checkpoints.origins();
    }

    /** The key under the log's present name; it is noted when it is first used. */
    private VerifierKey verifier(LogOrigins origins) {
        String origin = origins.current().orElseThrow().name();
        if (verifier == null || !verifier.name().equals(origin)) {
            wantedOrigin
                    .filter(wanted -> origins.named(wanted).isEmpty())
                    .ifPresent(wanted -> LOG.warn(
                            "The audit log is called {} and keeps that name; audit.origin ({}) means nothing to it",
                            origin,
                            wanted));
            VerifierKey own = key().verifier(origin);
            checkpoints.keep(own);
            verifier = own;
        }
        return verifier;
    }
}
