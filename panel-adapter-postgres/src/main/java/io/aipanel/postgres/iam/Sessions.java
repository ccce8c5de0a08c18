package io.aipanel.postgres.iam;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.SessionPolicy;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.UserId;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Statements on {@code panel.sessions}. */
final class Sessions {

    private static final String SELECT = """
            SELECT id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent
            FROM panel.sessions
            """;

    private final Database database;

    Sessions(Database database) {
        this.database = database;
    }

    void add(Session added) {
        database.change(handle -> handle.createUpdate("""
                        INSERT INTO panel.sessions
                            (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent)
                        VALUES (:id, :tokenHash, :userId, :createdAt, :lastSeenAt, :expiresAt, :address, :agent)
                        """)
                .bind("id", added.id().value())
                .bind("tokenHash", added.tokenHash().value())
                .bind("userId", added.userId().value())
                .bind("createdAt", added.createdAt())
                .bind("lastSeenAt", added.lastSeenAt())
                .bind("expiresAt", added.expiresAt())
                .bind("address", added.address())
                .bind("agent", added.agent())
                .execute());
    }

    Optional<Session> byToken(TokenHash tokenHash) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE token_hash = :tokenHash")
                .bind("tokenHash", tokenHash.value())
                .map((row, context) -> session(row))
                .findOne());
    }

    Optional<Session> byId(SessionId id) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> session(row))
                .findOne());
    }

    Page<Session> of(UserId userId, PageRequest page) {
        String after = page.after().isEmpty() ? "" : "AND (created_at, id) < (:createdAt, :id) ";
        List<Session> found = database.read(handle -> {
            Query query = handle.createQuery(
                    SELECT + "WHERE user_id = :userId " + after + "ORDER BY created_at DESC, id DESC LIMIT :limit");
            page.after()
                    .ifPresent(cursor -> query.bind(
                                    "createdAt", cursor.ofSize(2).time(0))
                            .bind("id", cursor.value(1, SessionId::parse).value()));
            return query.bind("userId", userId.value())
                    .bind("limit", page.limit() + 1)
                    .map((row, context) -> session(row))
                    .list();
        });
        return Page.of(
                found,
                page.limit(),
                last -> Cursor.of(Rows.cursorPart(last.createdAt()), last.id().toString()));
    }

    void touch(SessionId id, Instant lastSeenAt) {
        database.change(handle -> handle.createUpdate(
                        "UPDATE panel.sessions SET last_seen_at = :at WHERE id = :id AND last_seen_at < :at")
                .bind("at", lastSeenAt)
                .bind("id", id.value())
                .execute());
    }

    boolean remove(SessionId id) {
        return database.change(handle -> handle.createUpdate("DELETE FROM panel.sessions WHERE id = :id")
                        .bind("id", id.value())
                        .execute()
                > 0);
    }

    int removeOf(UserId userId, Optional<SessionId> except) {
        Object[] kept = except.map(SessionId::value).stream().toArray(UUID[]::new);
        return database.change(handle -> handle.createUpdate(
                        "DELETE FROM panel.sessions WHERE user_id = :userId AND id <> ALL (:kept)")
                .bind("userId", userId.value())
                .bindArray("kept", UUID.class, kept)
                .execute());
    }

    int removeAll() {
        return database.change(
                handle -> handle.createUpdate("DELETE FROM panel.sessions").execute());
    }

    int removeExpired(Instant now, SessionPolicy policy) {
        return database.change(handle -> handle.createUpdate(
                        "DELETE FROM panel.sessions WHERE expires_at <= :now OR last_seen_at <= :restingSince")
                .bind("now", now)
                .bind("restingSince", now.minus(policy.idle()))
                .execute());
    }

    long seenSince(Instant since) {
        return database.read(
                handle -> handle.createQuery("SELECT count(*) FROM panel.sessions WHERE last_seen_at >= :since")
                        .bind("since", Timestamps.microsUp("since", since))
                        .mapTo(Long.class)
                        .one());
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                new SessionId(Rows.id(row, "id")),
                new TokenHash(row.getString("token_hash")),
                new UserId(Rows.id(row, "user_id")),
                Rows.time(row, "created_at"),
                Rows.time(row, "last_seen_at"),
                Rows.time(row, "expires_at"),
                row.getString("address"),
                row.getString("agent"));
    }
}
