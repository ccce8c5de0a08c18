package io.aipanel.sqlite.iam;

import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
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

@RegisterRowMapper(SessionRows.Mapper.class)
interface SessionRows {

    @SqlUpdate("""
            INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent)
            VALUES (:id, :tokenHash, :userId, :createdAt, :lastSeenAt, :expiresAt, :address, :agent)
            """)
    void insert(
            String id,
            String tokenHash,
            String userId,
            long createdAt,
            long lastSeenAt,
            long expiresAt,
            String address,
            String agent);

    @SqlQuery("""
            SELECT id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent
            FROM sessions WHERE token_hash = :tokenHash
            """)
    Optional<Session> byToken(String tokenHash);

    @SqlQuery("""
            SELECT id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent
            FROM sessions WHERE id = :id
            """)
    Optional<Session> byId(String id);

    @SqlQuery("""
            SELECT id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent
            FROM sessions
            WHERE user_id = :userId AND (created_at, id) < (:createdBefore, :idBefore)
            ORDER BY created_at DESC, id DESC
            LIMIT :limit
            """)
    List<Session> ofUser(String userId, long createdBefore, String idBefore, int limit);

    @SqlUpdate("UPDATE sessions SET last_seen_at = :at WHERE id = :id AND last_seen_at < :at")
    void touch(String id, long at);

    @SqlUpdate("DELETE FROM sessions WHERE id = :id")
    int delete(String id);

    @SqlUpdate("DELETE FROM sessions WHERE user_id = :userId AND id <> :except")
    int deleteOfUser(String userId, String except);

    @SqlUpdate("DELETE FROM sessions")
    int deleteAll();

    @SqlUpdate("DELETE FROM sessions WHERE expires_at <= :now OR last_seen_at <= :idleSince")
    int deleteExpired(long now, long idleSince);

    @SqlQuery("SELECT count(*) FROM sessions WHERE last_seen_at >= :since")
    long seenSince(long since);

    /** Reads a session. */
    final class Mapper implements RowMapper<Session> {
        @Override
        public Session map(ResultSet row, StatementContext context) throws SQLException {
            return new Session(
                    SessionId.parse(row.getString("id")),
                    new TokenHash(row.getString("token_hash")),
                    UserId.parse(row.getString("user_id")),
                    Columns.time(row, "created_at"),
                    Columns.time(row, "last_seen_at"),
                    Columns.time(row, "expires_at"),
                    row.getString("address"),
                    row.getString("agent"));
        }
    }
}
