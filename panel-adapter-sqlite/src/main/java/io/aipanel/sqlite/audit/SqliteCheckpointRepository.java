package io.aipanel.sqlite.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.SignedCheckpoint.Signature;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreAccess;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checkpoints, keys and anchors in {@code audit.db}. */
public final class SqliteCheckpointRepository implements CheckpointRepository {

    private final StoreAccess audit;

    /** @param audit how to reach {@code audit.db} */
    public SqliteCheckpointRepository(StoreAccess audit) {
        this.audit = audit;
    }

    @Override
    public String origin(String proposal) {
        LogOrigin first = new LogOrigin(proposal, 0);
        return origins()
                .current()
                .orElseGet(() -> audit.write(connection -> {
                    OriginRows rows = connection.attach(OriginRows.class);
                    // Another may have been first.
                    return rows.all().current().orElseGet(() -> rows.begin(first.name(), 0));
                }))
                .name();
    }

    @Override
    public LogOrigin beginOrigin(String name) {
        LogOrigin valid = new LogOrigin(name, 0);
        return audit.write(connection -> {
            OriginRows rows = connection.attach(OriginRows.class);
            if (rows.all().named(valid.name()).isPresent()) {
                throw new AlreadyExists("origin", "the audit log has, or had, the name " + valid.name(), null);
            }
            return rows.begin(valid.name(), TreeRow.peaks(connection).size());
        });
    }

    @Override
    public LogOrigins origins() {
        return audit.read(connection -> connection.attach(OriginRows.class).all());
    }

    @Override
    public boolean keep(KeptCheckpoint kept) {
        int keyId = onlySignature(kept).keyId();
        Checkpoint checkpoint = kept.checkpoint().checkpoint();
        return audit.write(connection -> {
            Optional<LogOrigin> present =
                    connection.attach(OriginRows.class).all().current();
            boolean isPresent = present.isEmpty() || present.get().name().equals(checkpoint.origin());
            if (isPresent) {
                connection
                        .attach(CheckpointRows.class)
                        .insert(
                                checkpoint.size(),
                                keyId,
                                Columns.of(kept.at()),
                                kept.checkpoint().toString());
            }
            return isPresent;
        });
    }

    @Override
    public Optional<KeptCheckpoint> latest() {
        return audit.read(connection -> connection.attach(CheckpointRows.class).latest());
    }

    @Override
    public Optional<KeptCheckpoint> latest(VerifierKey key) {
        return audit.read(connection -> connection.attach(CheckpointRows.class).latestOf(key.id()));
    }

    @Override
    public Page<KeptCheckpoint> checkpoints(PageRequest page) {
        Optional<Cursor> after = page.after().map(cursor -> cursor.ofSize(3));
        int limit = page.limit() + 1;
        List<KeptCheckpoint> found = after.isEmpty()
                ? audit.read(
                        connection -> connection.attach(CheckpointRows.class).first(limit))
                : after(after.get(), limit);
        return Page.of(found, page.limit(), SqliteCheckpointRepository::cursor);
    }

    @Override
    public void keep(VerifierKey key) {
        change(connection -> connection.attach(SignerRows.class).addKey(key.toString()));
    }

    @Override
    public List<VerifierKey> keys() {
        List<String> keys =
                audit.read(connection -> connection.attach(SignerRows.class).keys());
        try {
            return keys.stream().map(VerifierKey::parse).toList();
        } catch (InvalidValueException e) {
            throw new StoreCorrupt(
                    "a public key in audit.db was changed by other means (" + e.getMessage()
                            + "): compare with those that were kept outside",
                    e);
        }
    }

    @Override
    public void keep(AnchorState state) {
        change(connection -> connection
                .attach(AnchorRows.class)
                .put(
                        state.name(),
                        state.signer(),
                        state.size(),
                        Columns.of(state.at()),
                        Columns.of(state.failedAt()),
                        state.failure()));
    }

    @Override
    public List<AnchorState> anchors() {
        return audit.read(connection -> connection.attach(AnchorRows.class).all());
    }

    @Override
    public void forgetAnchor(String name) {
        change(connection -> connection.attach(AnchorRows.class).delete(name));
    }

    private List<KeptCheckpoint> after(Cursor cursor, int limit) {
        long size = cursor.number(0);
        long at = Columns.of(cursor.time(1));
        long keyId = cursor.number(2);
        return audit.read(connection -> connection.attach(CheckpointRows.class).after(size, at, keyId, limit));
    }

    private void change(Consumer<StoreConnection> change) {
        audit.write(connection -> {
            change.accept(connection);
            return connection;
        });
    }

    private static Cursor cursor(KeptCheckpoint kept) {
        return Cursor.of(
                Long.toString(kept.checkpoint().checkpoint().size()),
                Long.toString(Columns.of(kept.at())),
                Integer.toString(onlySignature(kept).keyId()));
    }

    private static Signature onlySignature(KeptCheckpoint kept) {
        List<Signature> signatures = kept.checkpoint().signatures();
        if (signatures.size() != 1) {
            throw new IllegalArgumentException("a checkpoint is kept with one signature, not " + signatures.size());
        }
        return signatures.get(0);
    }
}
