package io.aipanel.sqlite.iam;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.SessionPolicy;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Users and what belongs to them, in {@code panel.db}. As long as its port, which keeps together what one use case changes. */
public final class SqliteIamRepository implements IamRepository {

    private static final String ROLE_REFERENCE =
            "a role does not exist, or users still have it: take it from them first";
    private static final String USER_REFERENCE = "there is no such user";
    private static final String OWNER_REFERENCE =
            "the owner does not exist, or still owns sites: give them to somebody else first";

    private final StoreAccess panel;

    /** @param panel how to reach {@code panel.db} */
    public SqliteIamRepository(StoreAccess panel) {
        this.panel = panel;
    }

    @Override
    public User addUser(User user) {
        return panel.write(ROLE_REFERENCE, connection -> {
            UserRows rows = connection.attach(UserRows.class);
            String id = user.id().toString();
            rows.insert(
                    id,
                    user.email().value(),
                    user.displayName(),
                    user.passwordHash().value(),
                    user.status().name().toLowerCase(Locale.ROOT),
                    Columns.of(user.createdAt()),
                    Columns.of(user.lastLoginAt()));
            user.roles().forEach(role -> rows.insertRole(id, role.value()));
            return rows.byId(id).orElseThrow();
        });
    }

    @Override
    public Optional<User> user(UserId id) {
        return panel.read(connection -> connection.attach(UserRows.class).byId(id.toString()));
    }

    @Override
    public Optional<User> userByEmail(EmailAddress email) {
        return panel.read(connection -> connection.attach(UserRows.class).byEmail(email.value()));
    }

    @Override
    public Page<User> users(PageRequest page) {
        String after = page.after()
                .map(cursor -> cursor.ofSize(1).value(0, EmailAddress::new).value())
                .orElse("");
        List<User> found =
                panel.read(connection -> connection.attach(UserRows.class).list(after, page.limit() + 1));
        return Page.of(found, page.limit(), user -> Cursor.of(user.email().value()));
    }

    @Override
    public boolean hasUsers() {
        return panel.read(connection -> connection.attach(UserRows.class).any());
    }

    @Override
    public Optional<User> updateUser(User user) {
        return panel.write(ROLE_REFERENCE, connection -> {
            UserRows rows = connection.attach(UserRows.class);
            String id = user.id().toString();
            Optional<Long> present = rows.version(id);
            if (present.isEmpty()) {
                return Optional.empty();
            }
            if (present.get() != user.version()) {
                throw new StaleVersion("user " + user.email(), user.version(), present.get());
            }
            rows.update(
                    id,
                    user.email().value(),
                    user.displayName(),
                    user.passwordHash().value(),
                    user.status().name().toLowerCase(Locale.ROOT));
            rows.deleteRoles(id);
            user.roles().forEach(role -> rows.insertRole(id, role.value()));
            return rows.byId(id);
        });
    }

    @Override
    public void recordLogin(UserId id, Instant at) {
        long micros = Columns.of(Timestamps.micros("at", at));
        panel.write(connection -> {
            connection.attach(UserRows.class).recordLogin(id.toString(), micros);
            return id;
        });
    }

    @Override
    public boolean removeUser(UserId id) {
        return panel.write(
                OWNER_REFERENCE, connection -> connection.attach(UserRows.class).delete(id.toString()) > 0);
    }

    /** Other transactions wait in any case: there is one writer. */
    @Override
    public int activeUsersWith(RoleName role) {
        return panel.read(connection -> connection.attach(UserRows.class).activeWithRole(role.value()));
    }

    @Override
    public void addRole(Role role) {
        panel.write(connection -> {
            RoleRows rows = connection.attach(RoleRows.class);
            rows.insert(role.name().value(), role.description());
            insertPermissions(rows, role);
            return role;
        });
    }

    @Override
    public Optional<Role> customRole(RoleName name) {
        return panel.read(connection -> connection.attach(RoleRows.class).custom(name.value()));
    }

    @Override
    public List<Role> customRoles() {
        return panel.read(connection -> connection.attach(RoleRows.class).custom());
    }

    @Override
    public boolean updateRole(Role role) {
        return panel.write(connection -> {
            RoleRows rows = connection.attach(RoleRows.class);
            if (rows.update(role.name().value(), role.description()) == 0) {
                return false;
            }
            rows.deletePermissions(role.name().value());
            insertPermissions(rows, role);
            return true;
        });
    }

    @Override
    public boolean removeRole(RoleName name) {
        return panel.write(
                ROLE_REFERENCE, connection -> connection.attach(RoleRows.class).delete(name.value()) > 0);
    }

    @Override
    public void addSession(Session session) {
        panel.write(USER_REFERENCE, connection -> {
            connection
                    .attach(SessionRows.class)
                    .insert(
                            session.id().toString(),
                            session.tokenHash().value(),
                            session.userId().toString(),
                            Columns.of(session.createdAt()),
                            Columns.of(session.lastSeenAt()),
                            Columns.of(session.expiresAt()),
                            session.address(),
                            session.agent());
            return session;
        });
    }

    @Override
    public Optional<Session> sessionByToken(TokenHash tokenHash) {
        return panel.read(connection -> connection.attach(SessionRows.class).byToken(tokenHash.value()));
    }

    @Override
    public Optional<Session> session(SessionId id) {
        return panel.read(connection -> connection.attach(SessionRows.class).byId(id.toString()));
    }

    @Override
    public Page<Session> sessions(UserId userId, PageRequest page) {
        long createdBefore =
                page.after().map(cursor -> Columns.of(cursor.ofSize(2).time(0))).orElse(Long.MAX_VALUE);
        String idBefore = page.after()
                .map(cursor -> cursor.value(1, SessionId::parse).toString())
                .orElse("");
        List<Session> found = panel.read(connection -> connection
                .attach(SessionRows.class)
                .ofUser(userId.toString(), createdBefore, idBefore, page.limit() + 1));
        return Page.of(
                found,
                page.limit(),
                session -> Cursor.of(
                        Long.toString(Columns.of(session.createdAt())),
                        session.id().toString()));
    }

    @Override
    public void touchSession(SessionId id, Instant lastSeenAt) {
        long micros = Columns.of(Timestamps.micros("lastSeenAt", lastSeenAt));
        panel.write(connection -> {
            connection.attach(SessionRows.class).touch(id.toString(), micros);
            return id;
        });
    }

    @Override
    public boolean removeSession(SessionId id) {
        return panel.write(connection -> connection.attach(SessionRows.class).delete(id.toString()) > 0);
    }

    @Override
    public int removeSessionsOf(UserId userId, Optional<SessionId> except) {
        String kept = except.map(SessionId::toString).orElse("");
        return panel.write(connection -> connection.attach(SessionRows.class).deleteOfUser(userId.toString(), kept));
    }

    @Override
    public int removeAllSessions() {
        return panel.write(connection -> connection.attach(SessionRows.class).deleteAll());
    }

    @Override
    public int removeExpiredSessions(Instant now, SessionPolicy policy) {
        long present = Columns.of(Timestamps.micros("now", now));
        long idleSince = present - Columns.of(policy.idle());
        return panel.write(connection -> connection.attach(SessionRows.class).deleteExpired(present, idleSince));
    }

    @Override
    public long sessionsSeenSince(Instant since) {
        long micros = Columns.of(Timestamps.microsUp("since", since));
        return panel.read(connection -> connection.attach(SessionRows.class).seenSince(micros));
    }

    @Override
    public void addToken(ApiToken token) {
        panel.write(USER_REFERENCE, connection -> {
            connection
                    .attach(ApiTokenRows.class)
                    .insert(
                            token.id().toString(),
                            token.userId().toString(),
                            token.name(),
                            token.tokenHash().value(),
                            Columns.of(token.createdAt()),
                            Columns.of(token.expiresAt()),
                            Columns.of(token.lastUsedAt()));
            return token;
        });
    }

    @Override
    public Optional<ApiToken> tokenByHash(TokenHash tokenHash) {
        return panel.read(connection -> connection.attach(ApiTokenRows.class).byHash(tokenHash.value()));
    }

    @Override
    public Optional<ApiToken> token(ApiTokenId id) {
        return panel.read(connection -> connection.attach(ApiTokenRows.class).byId(id.toString()));
    }

    @Override
    public Page<ApiToken> tokens(UserId userId, PageRequest page) {
        String after = page.after().map(cursor -> cursor.ofSize(1).text(0)).orElse("");
        List<ApiToken> found = panel.read(
                connection -> connection.attach(ApiTokenRows.class).ofUser(userId.toString(), after, page.limit() + 1));
        return Page.of(found, page.limit(), token -> Cursor.of(token.name()));
    }

    @Override
    public void touchToken(ApiTokenId id, Instant lastUsedAt) {
        long micros = Columns.of(Timestamps.micros("lastUsedAt", lastUsedAt));
        panel.write(connection -> {
            connection.attach(ApiTokenRows.class).touch(id.toString(), micros);
            return id;
        });
    }

    @Override
    public boolean removeToken(ApiTokenId id) {
        return panel.write(connection -> connection.attach(ApiTokenRows.class).delete(id.toString()) > 0);
    }

    @Override
    public LoginAttempt registerLoginAttempt(
            ThrottleKey account, ThrottleKey address, Instant now, LoginThrottle throttle) {
        long present = Columns.of(Timestamps.micros("now", now));
        long window = Columns.of(throttle.window());
        return panel.write(connection -> {
            LoginAttemptRows rows = connection.attach(LoginAttemptRows.class);
            rows.forgetUntil(present - window);
            // There is room again when the attempt that is the last one allowed, counted from the youngest, is
            // forgotten.
            int last = throttle.failures() - 1;
            Optional<Long> blocking = Stream.of(
                            rows.youngestOfAccount(account.value(), last),
                            rows.youngestFromAddress(address.value(), last))
                    .flatMap(Optional::stream)
                    .max(Long::compare);
            if (blocking.isPresent()) {
                return new LoginAttempt.Refused(Duration.of(blocking.get() + window - present, ChronoUnit.MICROS));
            }
            return new LoginAttempt.Allowed(rows.insert(account.value(), address.value(), present));
        });
    }

    @Override
    public void forgiveLoginAttempt(long attempt) {
        panel.write(connection -> {
            LoginAttemptRows rows = connection.attach(LoginAttemptRows.class);
            rows.forgetAccountOf(attempt);
            rows.delete(attempt);
            return attempt;
        });
    }

    private static void insertPermissions(RoleRows rows, Role role) {
        for (Permission permission : role.permissions()) {
            rows.insertPermission(role.name().value(), permission.wireName());
        }
    }
}
