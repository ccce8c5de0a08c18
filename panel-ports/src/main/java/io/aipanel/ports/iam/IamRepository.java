package io.aipanel.ports.iam;

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
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StaleVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Users, custom roles, sessions, API tokens and login failures.
 *
 * <p>Taken from a storage, each method is one transaction; taken from a transaction, it is part of that. Safe for use by
 * many threads in the first case, bound to the transaction's thread in the second.
 */
public interface IamRepository {

    /**
     * Adds a user at version 1, whatever the given version is.
     *
     * @return the user as stored
     * @throws AlreadyExists ({@code email}) if another user has the address; ({@code id}) if one has the id
     * @throws BrokenReference if a role does not exist
     */
    User addUser(User user);

    /** The user with an id; empty if there is none. */
    Optional<User> user(UserId id);

    /** The user with an address; empty if there is none. */
    Optional<User> userByEmail(EmailAddress email);

    /**
     * Users by e-mail, in code point order.
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<User> users(PageRequest page);

    /** Whether there is any user. */
    boolean hasUsers();

    /**
     * Replaces a user's e-mail, display name, password hash, status and roles, and counts the version up. What else the
     * given user holds is not written.
     *
     * @param user the user as it should be, with the version that was read
     * @return the user as stored; empty if there is no such user
     * @throws StaleVersion if the version is not the present one
     * @throws AlreadyExists ({@code email}) if another user has the address
     * @throws BrokenReference if a role does not exist
     */
    Optional<User> updateUser(User user);

    /** Notes the time of a login. The version stays; nothing happens if there is no such user. */
    void recordLogin(UserId id, Instant at);

    /**
     * Removes a user with all sessions and API tokens.
     *
     * @return whether there was such a user
     * @throws BrokenReference if a site belongs to the user
     */
    boolean removeUser(UserId id);

    /**
     * Counts the active users who have a role. Within a transaction, other transactions that ask the same wait until this
     * one ends, so that a rule about the number can be kept.
     */
    int activeUsersWith(RoleName role);

    /**
     * Adds a custom role.
     *
     * @throws AlreadyExists ({@code name}) if a role has the name, built-in ones included
     */
    void addRole(Role role);

    /** The custom role with a name; empty if there is none. Built-in roles are not stored. */
    Optional<Role> customRole(RoleName name);

    /** The custom roles by name. */
    List<Role> customRoles();

    /**
     * Replaces the description and permissions of a custom role.
     *
     * @return whether there is such a role
     */
    boolean updateRole(Role role);

    /**
     * Removes a custom role.
     *
     * @return whether there was such a role
     * @throws BrokenReference if a user has the role
     */
    boolean removeRole(RoleName name);

    /**
     * Adds a session.
     *
     * @throws AlreadyExists ({@code id} or {@code tokenHash}) if there is one already
     * @throws BrokenReference if there is no such user
     */
    void addSession(Session session);

    /** The session with a token, expired or not; empty if there is none. */
    Optional<Session> sessionByToken(TokenHash tokenHash);

    /** The session with an id, expired or not; empty if there is none. */
    Optional<Session> session(SessionId id);

    /**
     * The sessions of a user, expired or not, newest first (creation, then id, both descending).
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<Session> sessions(UserId userId, PageRequest page);

    /**
     * Notes the time of a session's last use. It never goes back; nothing happens if there is no such session.
     */
    void touchSession(SessionId id, Instant lastSeenAt);

    /**
     * Ends a session.
     *
     * @return whether there was such a session
     */
    boolean removeSession(SessionId id);

    /**
     * Ends the sessions of a user.
     *
     * @param except the one to keep; empty to keep none
     * @return how many were ended
     */
    int removeSessionsOf(UserId userId, Optional<SessionId> except);

    /**
     * Ends the sessions of all users.
     *
     * @return how many were ended
     */
    int removeAllSessions();

    /**
     * Removes sessions that do not count any more.
     *
     * @return how many were removed
     */
    int removeExpiredSessions(Instant now, SessionPolicy policy);

    /** How many sessions were used at or after a time. */
    long sessionsSeenSince(Instant since);

    /**
     * Adds an API token.
     *
     * @throws AlreadyExists ({@code name}) if the user has a token of that name; ({@code id} or {@code tokenHash}) if
     *     there is one already
     * @throws BrokenReference if there is no such user
     */
    void addToken(ApiToken token);

    /** The API token with a hash, expired or not; empty if there is none. */
    Optional<ApiToken> tokenByHash(TokenHash tokenHash);

    /** The API token with an id, expired or not; empty if there is none. */
    Optional<ApiToken> token(ApiTokenId id);

    /**
     * The API tokens of a user by name, in code point order.
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<ApiToken> tokens(UserId userId, PageRequest page);

    /** Notes the time of a token's last use. It never goes back; nothing happens if there is no such token. */
    void touchToken(ApiTokenId id, Instant lastUsedAt);

    /**
     * Ends an API token.
     *
     * @return whether there was such a token
     */
    boolean removeToken(ApiTokenId id);

    /**
     * Asks whether a login may be tried, and counts the attempt as a failure if so. The question and the count are one
     * step: of many attempts at once no more than allowed pass. An attempt counts while less than the window has passed
     * since; one that is refused never counts. After the wait that a refusal names, an attempt is allowed again.
     *
     * @param account what is counted for the account
     * @param address what is counted for the address
     * @param now the present time
     * @param throttle how many failures within which window are allowed, for each of the two
     */
    LoginAttempt registerLoginAttempt(ThrottleKey account, ThrottleKey address, Instant now, LoginThrottle throttle);

    /**
     * Takes back what an attempt has counted, because it succeeded: the account's failures are all forgotten, the
     * address's other failures stay. Nothing happens if the attempt is forgotten already.
     *
     * @param attempt what {@link LoginAttempt.Allowed} named
     */
    void forgiveLoginAttempt(long attempt);
}
