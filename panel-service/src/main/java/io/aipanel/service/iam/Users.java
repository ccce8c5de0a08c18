package io.aipanel.service.iam;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps users. Nobody gives rights that they do not have, or takes over an account that may do more than their own.
 * There is always an active admin. Safe for use by many threads.
 */
public final class Users {

    private final IamRepository iam;
    private final Changes changes;
    private final Access access;
    private final Passwords passwords;
    private final PasswordAttempts attempts;

    /** For {@link io.aipanel.service.Panel}. */
    public Users(Storage storage, Changes changes, Access access, Passwords passwords, InstantSource clock) {
        this.iam = storage.iam();
        this.changes = changes;
        this.access = access;
        this.passwords = passwords;
        this.attempts = new PasswordAttempts(iam, clock);
    }

    /**
     * Users by e-mail.
     *
     * @throws PermissionDenied without {@link Permission#USERS_READ}
     */
    public Page<User> list(Actor actor, PageRequest page) {
        access.require(actor, Permission.USERS_READ, "user.list");
        return iam.users(page);
    }

    /**
     * The user with an id; everyone may see themselves.
     *
     * @throws PermissionDenied without {@link Permission#USERS_READ}
     */
    public Optional<User> find(Actor actor, UserId id) {
        if (!actor.is(id)) {
            access.require(actor, Permission.USERS_READ, "user.show");
        }
        return iam.user(id);
    }

    /**
     * The user with an address.
     *
     * @throws PermissionDenied without {@link Permission#USERS_READ}
     */
    public Optional<User> findByEmail(Actor actor, EmailAddress email) {
        access.require(actor, Permission.USERS_READ, "user.show");
        return iam.userByEmail(email);
    }

    /**
     * Adds a user.
     *
     * @throws io.aipanel.ports.storage.AlreadyExists if the address is taken
     * @throws io.aipanel.ports.storage.BrokenReference if a role does not exist
     * @throws io.aipanel.domain.InvalidValueException if a value is not valid
     * @throws PermissionDenied without {@link Permission#USERS_WRITE}, or if a role allows more than the actor may do
     */
    public User add(Actor actor, NewUser user) {
        access.require(actor, Permission.USERS_WRITE, "user.add");
        access.requireAll(actor, Access.permissionsOf(user.roles(), iam), "user.add");
        PasswordHash hash = passwords.hash(Passwords.requireAcceptable(user.password()));
        return changes.make(actor, change -> insert(change, user, hash));
    }

    /** Inserts a user within a change, and records it. */
    static User insert(Change change, NewUser user, PasswordHash hash) {
        User added = change.iam()
                .addUser(new User(
                        new UserId(Change.newId()),
                        user.email(),
                        user.displayName(),
                        hash,
                        UserStatus.ACTIVE,
                        new TreeSet<>(user.roles()),
                        change.now(),
                        Optional.empty(),
                        1));
        change.record(
                "user.add",
                target(added),
                Details.of("id", added.id().toString())
                        .and("displayName", added.displayName())
                        .and("roles", names(added.roles())));
        return added;
    }

    /**
     * Changes a user. A user who is disabled or whose roles change is logged out everywhere.
     *
     * @param expectedVersion the version that the actor has seen; empty to change whatever is there
     * @return the user as changed
     * @throws NotFound if there is no such user
     * @throws StaleVersion if the user has another version than the expected one
     * @throws LastAdmin if nobody would be left to administer the panel
     * @throws io.aipanel.ports.storage.BrokenReference if a role does not exist
     * @throws PermissionDenied without {@link Permission#USERS_WRITE}, or if the user may or would do more than the actor
     */
    public User change(Actor actor, UserId id, UserChange wanted, Optional<Long> expectedVersion) {
        access.require(actor, Permission.USERS_WRITE, "user.change");
        requireReach(actor, id, wanted.roles().orElse(Set.of()), "user.change");
        return changes.<User>make(actor, change -> {
            int admins = change.iam().activeUsersWith(Role.ADMIN);
            User before = present(change, id);
            requireVersion(before, expectedVersion);
            User after = before;
            after = wanted.displayName().map(after::withDisplayName).orElse(after);
            after = wanted.status().map(after::withStatus).orElse(after);
            after = wanted.roles().map(after::withRoles).orElse(after);
            if (after.equals(before)) {
                return before;
            }
            if (isActiveAdmin(before) && !isActiveAdmin(after) && admins <= 1) {
                throw new LastAdmin();
            }
            User stored = change.iam().updateUser(after).orElseThrow(() -> new NotFound("user " + id));
            boolean rightsChanged = !after.roles().equals(before.roles()) || after.status() != before.status();
            if (rightsChanged) {
                change.iam().removeSessionsOf(id, Optional.empty());
            }
            change.record(action(before, after), target(stored), difference(before, after));
            return stored;
        });
    }

    /**
     * Gives a user a new password and logs the user out everywhere.
     *
     * @throws NotFound if there is no such user
     * @throws io.aipanel.domain.InvalidValueException if the password is too short or too long
     * @throws PermissionDenied without {@link Permission#USERS_WRITE}, or if the user may do more than the actor
     */
    public void resetPassword(Actor actor, UserId id, Secret password) {
        access.require(actor, Permission.USERS_WRITE, "user.reset-password");
        requireReach(actor, id, Set.of(), "user.reset-password");
        PasswordHash hash = passwords.hash(Passwords.requireAcceptable(password));
        changes.make(actor, change -> {
            User user = present(change, id);
            change.iam().updateUser(user.withPasswordHash(hash));
            change.iam().removeSessionsOf(id, Optional.empty());
            change.record("user.reset-password", target(user), Details.none());
            return null;
        });
    }

    /**
     * Changes the actor's own password and logs out every other browser.
     *
     * @param present the present password
     * @param wanted the new one
     * @param keep the session to keep; empty to keep none
     * @return whether the present password was right; if not, nothing was changed, and it counts as a failed login
     * @throws TooManyAttempts after too many failures, so that a session somebody else has got hold of does not help to
     *     guess the password
     * @throws io.aipanel.domain.InvalidValueException if the new password is too short or too long
     * @throws PermissionDenied if the actor is no user
     */
    public boolean changeOwnPassword(Actor actor, Secret present, Secret wanted, Optional<SessionId> keep) {
        UserId id = actor.userId()
                .orElseThrow(() -> access.denied(actor, "user.change-password", "only users have a password"));
        Passwords.requireAcceptable(wanted);
        User before = iam.user(id).orElseThrow(() -> new NotFound("user " + id));
        long attempt = registerAttempt(actor, before);
        if (!passwords.matches(present, Optional.of(before.passwordHash()))) {
            access.denied(actor, "user.change-password", "wrong password");
            return false;
        }
        PasswordHash hash = passwords.hash(wanted);
        return changes.<Boolean>make(actor, change -> {
            User user = present(change, id);
            if (!before.passwordHash().equals(user.passwordHash())) {
                return false;
            }
            change.iam().updateUser(user.withPasswordHash(hash));
            change.iam().removeSessionsOf(id, keep);
            change.iam().forgiveLoginAttempt(attempt);
            change.record("user.change-password", target(user), Details.none());
            return true;
        });
    }

    /**
     * Removes a user with all sessions and API tokens.
     *
     * @param expectedVersion the version that the actor has seen; empty to remove whatever is there
     * @throws NotFound if there is no such user
     * @throws StaleVersion if the user has another version than the expected one
     * @throws LastAdmin if nobody would be left to administer the panel
     * @throws io.aipanel.ports.storage.BrokenReference if sites belong to the user
     * @throws PermissionDenied without {@link Permission#USERS_WRITE}, or if the user may do more than the actor
     */
    public void remove(Actor actor, UserId id, Optional<Long> expectedVersion) {
        access.require(actor, Permission.USERS_WRITE, "user.remove");
        requireReach(actor, id, Set.of(), "user.remove");
        changes.make(actor, change -> {
            int admins = change.iam().activeUsersWith(Role.ADMIN);
            User user = present(change, id);
            requireVersion(user, expectedVersion);
            if (isActiveAdmin(user) && admins <= 1) {
                throw new LastAdmin();
            }
            change.iam().removeUser(id);
            change.record("user.remove", target(user), Details.of("id", id.toString()));
            return null;
        });
    }

    private long registerAttempt(Actor actor, User user) {
        LoginAttempt answer = attempts.register(user.email(), actor);
        if (answer instanceof LoginAttempt.Refused refused) {
            access.denied(actor, "user.change-password", "too many failures");
            throw new TooManyAttempts(refused.retryAfter());
        }
        return ((LoginAttempt.Allowed) answer).attempt();
    }

    private void requireReach(Actor actor, UserId id, Set<RoleName> newRoles, String action) {
        EnumSet<Permission> reach = EnumSet.noneOf(Permission.class);
        iam.user(id).ifPresent(user -> reach.addAll(Access.permissionsOf(user.roles(), iam)));
        reach.addAll(Access.permissionsOf(newRoles, iam));
        access.requireAll(actor, reach, action);
    }

    private static User present(Change change, UserId id) {
        return change.iam().user(id).orElseThrow(() -> new NotFound("user " + id));
    }

    private static void requireVersion(User user, Optional<Long> expected) {
        if (expected.isPresent() && expected.get() != user.version()) {
            throw new StaleVersion("user " + user.email(), expected.get(), user.version());
        }
    }

    private static boolean isActiveAdmin(User user) {
        return user.active() && user.roles().contains(Role.ADMIN);
    }

    private static String action(User before, User after) {
        if (before.status() == after.status()) {
            return "user.change";
        }
        return after.active() ? "user.enable" : "user.disable";
    }

    private static Details difference(User before, User after) {
        return Details.of("before", summary(before).toMap())
                .and("after", summary(after).toMap());
    }

    private static Details summary(User user) {
        return Details.of("displayName", user.displayName())
                .and("status", user.status().name().toLowerCase(Locale.ROOT))
                .and("roles", names(user.roles()));
    }

    private static List<String> names(Collection<RoleName> roles) {
        return roles.stream().map(RoleName::value).toList();
    }

    private static String target(User user) {
        return "user:" + user.email();
    }
}
