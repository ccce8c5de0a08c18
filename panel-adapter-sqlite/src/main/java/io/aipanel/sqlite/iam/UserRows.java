package io.aipanel.sqlite.iam;

import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.sqlite.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(UserRows.Mapper.class)
interface UserRows {

    @SqlUpdate("""
            INSERT INTO users (id, email, display_name, password_hash, status, created_at, last_login_at, version)
            VALUES (:id, :email, :displayName, :passwordHash, :status, :createdAt, :lastLoginAt, 1)
            """)
    void insert(
            String id,
            String email,
            String displayName,
            String passwordHash,
            String status,
            long createdAt,
            @Nullable Long lastLoginAt);

    @SqlUpdate("""
            UPDATE users
            SET email = :email, display_name = :displayName, password_hash = :passwordHash, status = :status,
                version = version + 1
            WHERE id = :id
            """)
    void update(String id, String email, String displayName, String passwordHash, String status);

    @SqlUpdate("INSERT INTO user_roles (user_id, role) VALUES (:id, :role)")
    void insertRole(String id, String role);

    @SqlUpdate("DELETE FROM user_roles WHERE user_id = :id")
    void deleteRoles(String id);

    @SqlUpdate("UPDATE users SET last_login_at = :at WHERE id = :id")
    void recordLogin(String id, long at);

    @SqlUpdate("DELETE FROM users WHERE id = :id")
    int delete(String id);

    @SqlQuery("SELECT version FROM users WHERE id = :id")
    Optional<Long> version(String id);

    @SqlQuery("""
            SELECT u.id, u.email, u.display_name, u.password_hash, u.status, u.created_at, u.last_login_at, u.version,
                   (SELECT group_concat(r.role) FROM user_roles r WHERE r.user_id = u.id) AS roles
            FROM users u WHERE u.id = :id
            """)
    Optional<User> byId(String id);

    @SqlQuery("""
            SELECT u.id, u.email, u.display_name, u.password_hash, u.status, u.created_at, u.last_login_at, u.version,
                   (SELECT group_concat(r.role) FROM user_roles r WHERE r.user_id = u.id) AS roles
            FROM users u WHERE u.email = :email
            """)
    Optional<User> byEmail(String email);

    @SqlQuery("""
            SELECT u.id, u.email, u.display_name, u.password_hash, u.status, u.created_at, u.last_login_at, u.version,
                   (SELECT group_concat(r.role) FROM user_roles r WHERE r.user_id = u.id) AS roles
            FROM users u WHERE u.email > :after ORDER BY u.email LIMIT :limit
            """)
    List<User> list(String after, int limit);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM users)")
    boolean any();

    @SqlQuery("""
            SELECT count(*) FROM user_roles r JOIN users u ON u.id = r.user_id
            WHERE r.role = :role AND u.status = 'active'
            """)
    int activeWithRole(String role);

    /** Reads a user. Names of roles have no commas, so that their list needs no quoting. */
    final class Mapper implements RowMapper<User> {
        @Override
        public User map(ResultSet row, StatementContext context) throws SQLException {
            SortedSet<RoleName> roles = new TreeSet<>();
            Optional<String> names = Columns.optionalText(row, "roles");
            if (names.isPresent()) {
                for (String name : names.get().split(",")) {
                    roles.add(new RoleName(name));
                }
            }
            return new User(
                    UserId.parse(row.getString("id")),
                    new EmailAddress(row.getString("email")),
                    row.getString("display_name"),
                    new PasswordHash(row.getString("password_hash")),
                    UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                    roles,
                    Columns.time(row, "created_at"),
                    Columns.optionalTime(row, "last_login_at"),
                    row.getLong("version"));
        }
    }
}
