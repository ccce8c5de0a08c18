package io.aipanel.postgres.iam;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.UserId;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statements on {@code panel.api_tokens}. */
final class ApiTokens {

    private static final String SELECT = """
            SELECT id, user_id, name, token_hash, created_at, expires_at, last_used_at
            FROM panel.api_tokens
            """;

    private final Database database;

    ApiTokens(Database database) {
        this.database = database;
    }

    void add(ApiToken token) {
        database.change(handle -> handle.createUpdate("""
                        INSERT INTO panel.api_tokens
                            (id, user_id, name, token_hash, created_at, expires_at, last_used_at)
                        VALUES (:id, :userId, :name, :tokenHash, :createdAt, :expiresAt, :lastUsedAt)
                        """)
                .bind("id", token.id().value())
                .bind("userId", token.userId().value())
                .bind("name", token.name())
                .bind("tokenHash", token.tokenHash().value())
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .bind("lastUsedAt", token.lastUsedAt())
                .execute());
    }

    Optional<ApiToken> byHash(TokenHash tokenHash) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE token_hash = :tokenHash")
                .bind("tokenHash", tokenHash.value())
                .map((row, context) -> token(row))
                .findOne());
    }

    Optional<ApiToken> byId(ApiTokenId id) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> token(row))
                .findOne());
    }

    Page<ApiToken> of(UserId userId, PageRequest page) {
        // No name is empty, so that "after nothing" needs no statement of its own.
        String after = page.after().map(cursor -> cursor.ofSize(1).text(0)).orElse("");
        List<ApiToken> found = database.read(handle -> handle.createQuery(
                        SELECT + "WHERE user_id = :userId AND name > :after ORDER BY name LIMIT :limit")
                .bind("userId", userId.value())
                .bind("after", after)
                .bind("limit", page.limit() + 1)
                .map((row, context) -> token(row))
                .list());
        return Page.of(found, page.limit(), last -> Cursor.of(last.name()));
    }

    void touch(ApiTokenId id, Instant lastUsedAt) {
        database.change(handle -> handle.createUpdate("""
                        UPDATE panel.api_tokens SET last_used_at = :at
                        WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)
                        """)
                .bind("at", lastUsedAt)
                .bind("id", id.value())
                .execute());
    }

    boolean remove(ApiTokenId id) {
        return database.change(handle -> handle.createUpdate("DELETE FROM panel.api_tokens WHERE id = :id")
                        .bind("id", id.value())
                        .execute()
                > 0);
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                new ApiTokenId(Rows.id(row, "id")),
                new UserId(Rows.id(row, "user_id")),
                row.getString("name"),
                new TokenHash(row.getString("token_hash")),
                Rows.time(row, "created_at"),
                Rows.optionalTime(row, "expires_at"),
                Rows.optionalTime(row, "last_used_at"));
    }
}
