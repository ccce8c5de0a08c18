package io.aipanel.sqlite.iam;

import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.UserId;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(ApiTokenRows.Mapper.class)
interface ApiTokenRows {

    @SqlUpdate("""
            INSERT INTO api_tokens (id, user_id, name, token_hash, created_at, expires_at, last_used_at)
            VALUES (:id, :userId, :name, :tokenHash, :createdAt, :expiresAt, :lastUsedAt)
            """)
    void insert(
            String id,
            String userId,
            String name,
            String tokenHash,
            long createdAt,
            @Nullable Long expiresAt,
            @Nullable Long lastUsedAt);

    @SqlQuery("""
            SELECT id, user_id, name, token_hash, created_at, expires_at, last_used_at
            FROM api_tokens WHERE token_hash = :tokenHash
            """)
    Optional<ApiToken> byHash(String tokenHash);

    @SqlQuery("""
            SELECT id, user_id, name, token_hash, created_at, expires_at, last_used_at
            FROM api_tokens WHERE id = :id
            """)
    Optional<ApiToken> byId(String id);

    @SqlQuery("""
            SELECT id, user_id, name, token_hash, created_at, expires_at, last_used_at
            FROM api_tokens WHERE user_id = :userId AND name > :after ORDER BY name LIMIT :limit
            """)
    List<ApiToken> ofUser(String userId, String after, int limit);

    @SqlUpdate("""
            UPDATE api_tokens SET last_used_at = :at
            WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)
            """)
    void touch(String id, long at);

    @SqlUpdate("DELETE FROM api_tokens WHERE id = :id")
    int delete(String id);

    /** Reads an API token. */
    final class Mapper implements RowMapper<ApiToken> {
        @Override
        public ApiToken map(ResultSet row, StatementContext context) throws SQLException {
            return new ApiToken(
                    ApiTokenId.parse(row.getString("id")),
                    UserId.parse(row.getString("user_id")),
                    row.getString("name"),
                    new TokenHash(row.getString("token_hash")),
                    Columns.time(row, "created_at"),
                    Columns.optionalTime(row, "expires_at"),
                    Columns.optionalTime(row, "last_used_at"));
        }
    }
}
