package io.aipanel.postgres.iam;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.postgres.storage.AdvisoryLock;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Statements on {@code panel.users} and {@code panel.user_roles}. */
final class Users {

    private static final String SELECT = """
            SELECT id, email, display_name, password_hash, status, created_at, last_login_at, version,
                   ARRAY(SELECT role FROM panel.user_roles WHERE user_id = id) AS roles
            FROM panel.users
            """;

    private final Database database;

    Users(Database database) {
        this.database = database;
    }

    User add(User user) {
        return database.change(handle -> {
            handle.createUpdate("""
                            WITH added AS (
                                INSERT INTO panel.users
                                    (id, email, display_name, password_hash, status, created_at, last_login_at, version)
                                VALUES (:id, :email, :displayName, :passwordHash, :status, :createdAt, :lastLoginAt, 1)
                                RETURNING id
                            )
                            INSERT INTO panel.user_roles (user_id, role)
                            SELECT id, role FROM added, unnest(:roles) AS role
                            """)
                    .bind("id", user.id().value())
                    .bind("email", user.email().value())
                    .bind("displayName", user.displayName())
                    .bind("passwordHash", user.passwordHash().value())
                    .bind("status", Rows.nameOf(user.status()))
                    .bind("createdAt", user.createdAt())
                    .bind("lastLoginAt", user.lastLoginAt())
                    .bindArray("roles", String.class, (Object[]) roleNames(user))
                    .execute();
            return new User(
                    user.id(),
                    user.email(),
                    user.displayName(),
                    user.passwordHash(),
                    user.status(),
                    user.roles(),
                    user.createdAt(),
                    user.lastLoginAt(),
                    1);
        });
    }

    Optional<User> byId(UserId id) {
        return database.read(handle -> byId(handle, id));
    }

    Optional<User> byEmail(EmailAddress email) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE email = :email")
                .bind("email", email.value())
                .map((row, context) -> user(row))
                .findOne());
    }

    Page<User> page(PageRequest page) {
        // Every address is longer than the empty text, so that "after nothing" needs no statement of its own.
        String after = page.after()
                .map(cursor -> cursor.ofSize(1).value(0, EmailAddress::new).value())
                .orElse("");
        List<User> found =
                database.read(handle -> handle.createQuery(SELECT + "WHERE email > :after ORDER BY email LIMIT :limit")
                        .bind("after", after)
                        .bind("limit", page.limit() + 1)
                        .map((row, context) -> user(row))
                        .list());
        return Page.of(found, page.limit(), user -> Cursor.of(user.email().value()));
    }

    boolean any() {
        return database.read(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM panel.users)")
                .mapTo(Boolean.class)
                .one());
    }

    Optional<User> update(User user) {
        return database.change(handle -> {
            int updated = handle.createUpdate("""
                            UPDATE panel.users
                            SET email = :email, display_name = :displayName, password_hash = :passwordHash,
                                status = :status, version = version + 1
                            WHERE id = :id AND version = :version
                            """)
                    .bind("email", user.email().value())
                    .bind("displayName", user.displayName())
                    .bind("passwordHash", user.passwordHash().value())
                    .bind("status", Rows.nameOf(user.status()))
                    .bind("id", user.id().value())
                    .bind("version", user.version())
                    .execute();
            if (updated == 0) {
                byId(handle, user.id()).ifPresent(present -> {
                    throw new StaleVersion("user " + present.email(), user.version(), present.version());
                });
                return Optional.empty();
            }
            handle.createUpdate("DELETE FROM panel.user_roles WHERE user_id = :id AND role <> ALL (:roles)")
                    .bind("id", user.id().value())
                    .bindArray("roles", String.class, (Object[]) roleNames(user))
                    .execute();
            handle.createUpdate("""
                            INSERT INTO panel.user_roles (user_id, role)
                            SELECT :id, role FROM unnest(:roles) AS role
                            ON CONFLICT DO NOTHING
                            """)
                    .bind("id", user.id().value())
                    .bindArray("roles", String.class, (Object[]) roleNames(user))
                    .execute();
            return byId(handle, user.id());
        });
    }

    void recordLogin(UserId id, Instant at) {
        database.change(handle -> handle.createUpdate("UPDATE panel.users SET last_login_at = :at WHERE id = :id")
                .bind("at", at)
                .bind("id", id.value())
                .execute());
    }

    boolean remove(UserId id) {
        return database.change(handle -> handle.createUpdate("DELETE FROM panel.users WHERE id = :id")
                        .bind("id", id.value())
                        .execute()
                > 0);
    }

    int activeWith(RoleName role) {
        return database.change(handle -> {
            if (database.isShared()) {
                // A lock on the role's row would stop, and be stopped by, everyone who gives the role to somebody.
                AdvisoryLock.ROLE.acquire(handle, role.value());
            }
            return handle.createQuery("""
                            SELECT count(*)
                            FROM panel.user_roles JOIN panel.users ON id = user_id
                            WHERE role = :role AND status = 'active'
                            """)
                    .bind("role", role.value())
                    .mapTo(Integer.class)
                    .one();
        });
    }

    private static Optional<User> byId(Handle handle, UserId id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> user(row))
                .findOne();
    }

    private static String[] roleNames(User user) {
        return user.roles().stream().map(RoleName::value).toArray(String[]::new);
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(Rows.id(row, "id")),
                new EmailAddress(row.getString("email")),
                row.getString("display_name"),
                new PasswordHash(row.getString("password_hash")),
                Rows.constant(row, "status", UserStatus.class),
                Rows.texts(row, "roles").stream().map(RoleName::new).collect(Collectors.toCollection(TreeSet::new)),
                Rows.time(row, "created_at"),
                Rows.optionalTime(row, "last_login_at"),
                row.getLong("version"));
    }
}
