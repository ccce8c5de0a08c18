package io.aipanel.postgres.audit;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.Checkpoint;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.LogOrigin;
import io.aipanel.domain.audit.LogOrigins;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.ports.audit.CheckpointRepository;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.Query;

/** {@link CheckpointRepository} on the schema {@code audit}. */
public final class PostgresCheckpointRepository implements CheckpointRepository {

    private static final String SELECT = "SELECT at, note FROM audit.checkpoints ";
    private static final String LATEST = " ORDER BY size DESC, at DESC, key_id DESC LIMIT 1";

    private final Database database;

    /** @param database where the statements run */
    public PostgresCheckpointRepository(Database database) {
        this.database = database;
    }

    @Override
    public String origin(String proposal) {
        LogOrigin first = new LogOrigin(proposal, 0);
        return origins()
                .current()
                .orElseGet(() -> database.change(handle -> OriginRows.first(handle, first.name())))
                .name();
    }

    @Override
    public LogOrigin beginOrigin(String name) {
        LogOrigin valid = new LogOrigin(name, 0);
        return database.change(handle -> OriginRows.begin(handle, valid.name()));
    }

    @Override
    public LogOrigins origins() {
        return database.read(OriginRows::all);
    }

    @Override
    public boolean keep(KeptCheckpoint kept) {
        Checkpoint checkpoint = kept.checkpoint().checkpoint();
        return database.change(handle -> handle.createUpdate("""
                        INSERT INTO audit.checkpoints (size, key_id, at, note)
                        SELECT :size, :keyId, :at, :note
                        WHERE :origin = coalesce((SELECT name FROM audit.origins ORDER BY seq DESC LIMIT 1), :origin)
                        ON CONFLICT DO NOTHING
                        """)
                                .bind("size", checkpoint.size())
                                .bind("keyId", keyId(kept))
                                .bind("at", kept.at())
                                .bind("note", kept.checkpoint().toString())
                                .bind("origin", checkpoint.origin())
                                .execute()
                        == 1
                || OriginRows.all(handle).current().map(LogOrigin::name).stream()
                        .allMatch(checkpoint.origin()::equals));
    }

    @Override
    public Optional<KeptCheckpoint> latest() {
        return database.read(handle ->
                checkpoints(handle.createQuery(SELECT + LATEST)).stream().findFirst());
    }

    @Override
    public Optional<KeptCheckpoint> latest(VerifierKey key) {
        return database.read(handle ->
                checkpoints(handle.createQuery(SELECT + "WHERE key_id = :keyId" + LATEST)
                                .bind("keyId", key.id()))
                        .stream()
                        .findFirst());
    }

    @Override
    public Page<KeptCheckpoint> checkpoints(PageRequest page) {
        List<KeptCheckpoint> found = database.read(handle -> {
            String after = page.after().isPresent() ? "WHERE (size, at, key_id) > (:size, :at, :keyId)" : "";
            Query query = handle.createQuery(SELECT + after + " ORDER BY size, at, key_id LIMIT :limit")
                    .bind("limit", page.limit() + 1);
            page.after()
                    .ifPresent(cursor -> query.bind("size", cursor.ofSize(3).number(0))
                            .bind("at", cursor.time(1))
                            .bind("keyId", cursor.<Integer>value(2, Integer::parseInt)));
            return checkpoints(query);
        });
        return Page.of(
                found,
                page.limit(),
                last -> Cursor.of(
                        Long.toString(last.checkpoint().checkpoint().size()),
                        Rows.cursorPart(last.at()),
                        Integer.toString(keyId(last))));
    }

    @Override
    public void keep(VerifierKey key) {
        database.change(
                handle -> handle.createUpdate("""
                        INSERT INTO audit.verifier_keys (key)
                        SELECT :key WHERE NOT EXISTS (SELECT FROM audit.verifier_keys WHERE key = :key)
                        ON CONFLICT DO NOTHING
                        """).bind("key", key.toString()).execute());
    }

    @Override
    public List<VerifierKey> keys() {
        return database.read(handle -> handle.createQuery("SELECT key FROM audit.verifier_keys ORDER BY seq")
                .mapTo(String.class)
                .map(key -> orChanged("public key", () -> VerifierKey.parse(key)))
                .list());
    }

    @Override
    public void keep(AnchorState state) {
        database.change(handle -> handle.createUpdate("""
                        INSERT INTO audit.anchors (name, signer, size, at, failed_at, failure)
                        VALUES (:name, :signer, :size, :at, :failedAt, :failure)
                        ON CONFLICT (name, signer) DO UPDATE
                        SET size = excluded.size, at = excluded.at, failed_at = excluded.failed_at,
                            failure = excluded.failure
                        """)
                .bind("name", state.name())
                .bind("signer", state.signer())
                .bind("size", state.size())
                .bind("at", state.at())
                .bind("failedAt", state.failedAt())
                .bind("failure", state.failure())
                .execute());
    }

    @Override
    public List<AnchorState> anchors() {
        return database.read(handle -> handle.createQuery(
                        "SELECT name, signer, size, at, failed_at, failure FROM audit.anchors ORDER BY name, signer")
                .map((row, context) -> anchor(row))
                .list());
    }

    @Override
    public void forgetAnchor(String name) {
        database.change(handle -> handle.createUpdate("DELETE FROM audit.anchors WHERE name = :name")
                .bind("name", name)
                .execute());
    }

    private static int keyId(KeptCheckpoint checkpoint) {
        return checkpoint.checkpoint().signatures().get(0).keyId();
    }

    private static List<KeptCheckpoint> checkpoints(Query query) {
        return query.map((row, context) -> checkpoint(row)).list();
    }

    private static KeptCheckpoint checkpoint(ResultSet row) throws SQLException {
        Instant at = Rows.time(row, "at");
        String note = row.getString("note");
        return orChanged("checkpoint", () -> new KeptCheckpoint(at, SignedCheckpoint.parse(note)));
    }

    private static AnchorState anchor(ResultSet row) throws SQLException {
        String name = row.getString("name");
        try {
            return new AnchorState(
                    name,
                    row.getString("signer"),
                    row.getLong("size"),
                    Rows.optionalTime(row, "at"),
                    Rows.optionalTime(row, "failed_at"),
                    row.getString("failure"));
        } catch (InvalidValueException e) {
            throw new StoreCorrupt(
                    "what audit.anchors says of " + name + " was changed by other means (" + e.getMessage()
                            + "): panel audit checkpoint --forget drops it",
                    e);
        }
    }

    private static <T> T orChanged(String what, Supplier<? extends T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            throw new StoreCorrupt(
                    "a " + what + " in the schema audit was changed by other means (" + e.getMessage()
                            + "): compare with one that was kept outside",
                    e);
        }
    }
}
