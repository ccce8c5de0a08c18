package io.aipanel.postgres.iam;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
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
import io.aipanel.postgres.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link IamRepository} on the schema {@code panel}. Each concern has its statements in a class of its own. */
public final class PostgresIamRepository implements IamRepository {

    private final Users users;
    private final Roles roles;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final LoginAttempts attempts;

    /** @param database where the statements run */
    public PostgresIamRepository(Database database) {
        this.users = new Users(database);
        this.roles = new Roles(database);
        this.sessions = new Sessions(database);
        this.tokens = new ApiTokens(database);
        this.attempts = new LoginAttempts(database);
    }

    @Override
    public User addUser(User user) {
        return users.add(user);
    }

    @Override
    public Optional<User> user(UserId id) {
        return users.byId(id);
    }

    @Override
    public Optional<User> userByEmail(EmailAddress email) {
        return users.byEmail(email);
    }

    @Override
    public Page<User> users(PageRequest page) {
        return users.page(page);
    }

    @Override
    public boolean hasUsers() {
        return users.any();
    }

    @Override
    public Optional<User> updateUser(User user) {
        return users.update(user);
    }

    @Override
    public void recordLogin(UserId id, Instant at) {
        users.recordLogin(id, at);
    }

    @Override
    public boolean removeUser(UserId id) {
        return users.remove(id);
    }

    @Override
    public int activeUsersWith(RoleName role) {
        return users.activeWith(role);
    }

    @Override
    public void addRole(Role role) {
        roles.add(role);
    }

    @Override
    public Optional<Role> customRole(RoleName name) {
        return roles.byName(name);
    }

    @Override
    public List<Role> customRoles() {
        return roles.all();
    }

    @Override
    public boolean updateRole(Role role) {
        return roles.update(role);
    }

    @Override
    public boolean removeRole(RoleName name) {
        return roles.remove(name);
    }

    @Override
    public void addSession(Session session) {
        sessions.add(session);
    }

    @Override
    public Optional<Session> sessionByToken(TokenHash tokenHash) {
        return sessions.byToken(tokenHash);
    }

    @Override
    public Optional<Session> session(SessionId id) {
        return sessions.byId(id);
    }

    @Override
    public Page<Session> sessions(UserId userId, PageRequest page) {
        return sessions.of(userId, page);
    }

    @Override
    public void touchSession(SessionId id, Instant lastSeenAt) {
        sessions.touch(id, lastSeenAt);
    }

    @Override
    public boolean removeSession(SessionId id) {
        return sessions.remove(id);
    }

    @Override
    public int removeSessionsOf(UserId userId, Optional<SessionId> except) {
        return sessions.removeOf(userId, except);
    }

    @Override
    public int removeAllSessions() {
        return sessions.removeAll();
    }

    @Override
    public int removeExpiredSessions(Instant now, SessionPolicy policy) {
        return sessions.removeExpired(now, policy);
    }

    @Override
    public long sessionsSeenSince(Instant since) {
        return sessions.seenSince(since);
    }

    @Override
    public void addToken(ApiToken token) {
        tokens.add(token);
    }

    @Override
    public Optional<ApiToken> tokenByHash(TokenHash tokenHash) {
        return tokens.byHash(tokenHash);
    }

    @Override
    public Optional<ApiToken> token(ApiTokenId id) {
        return tokens.byId(id);
    }

    @Override
    public Page<ApiToken> tokens(UserId userId, PageRequest page) {
        return tokens.of(userId, page);
    }

    @Override
    public void touchToken(ApiTokenId id, Instant lastUsedAt) {
        tokens.touch(id, lastUsedAt);
    }

    @Override
    public boolean removeToken(ApiTokenId id) {
        return tokens.remove(id);
    }

    @Override
    public LoginAttempt registerLoginAttempt(
            ThrottleKey account, ThrottleKey address, Instant now, LoginThrottle throttle) {
        return attempts.register(account, address, now, throttle);
    }

    @Override
    public void forgiveLoginAttempt(long attempt) {
        attempts.forgive(attempt);
    }
}
