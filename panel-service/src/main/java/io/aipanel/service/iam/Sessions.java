package io.aipanel.service.iam;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.storage.Changes;
import java.time.InstantSource;
import java.util.Optional;

/** Shows and ends sessions: one's own, or with the right permission anybody's. Safe for use by many threads. */
public final class Sessions {

    private final IamRepository iam;
    private final Changes changes;
    private final Access access;
    private final Authentication authentication;
    private final InstantSource clock;

    /** For {@link io.aipanel.service.Panel}. */
    public Sessions(
            Storage storage, Changes changes, Access access, Authentication authentication, InstantSource clock) {
        this.iam = storage.iam();
        this.changes = changes;
        this.access = access;
        this.authentication = authentication;
        this.clock = clock;
    }

    /**
     * The sessions of a user, newest first; those that have ended may still be among them.
     *
     * @throws NotFound if there is no such user
     * @throws PermissionDenied if they are somebody else's, without {@link Permission#USERS_READ}
     */
    public Page<Session> list(Actor actor, UserId userId, PageRequest page) {
        requireOwnOr(actor, userId, Permission.USERS_READ, "session.list");
        if (iam.user(userId).isEmpty()) {
            throw missing(userId);
        }
        return iam.sessions(userId, page);
    }

    /** Whether a session still counts. */
    public boolean isLive(Session session) {
        return session.isLive(clock.instant(), authentication.sessionPolicy());
    }

    /**
     * Ends a session.
     *
     * @throws NotFound if there is no such session
     * @throws PermissionDenied if it is somebody else's, without {@link Permission#USERS_WRITE}
     */
    public void revoke(Actor actor, SessionId id) {
        Optional<Session> found = iam.session(id);
        if (found.isEmpty() || !actor.is(found.get().userId())) {
            access.require(actor, Permission.USERS_WRITE, "session.revoke");
        }
        changes.make(actor, change -> {
            if (!change.iam().removeSession(id)) {
                throw new NotFound("session " + id);
            }
            change.record(
                    "session.revoke",
                    "session:" + id,
                    Details.none()
                            .and("user", found.map(session -> session.userId().toString())));
            return null;
        });
    }

    /**
     * Ends the sessions of a user.
     *
     * @param except the one to keep; empty to keep none
     * @return how many were ended
     * @throws NotFound if there is no such user
     * @throws PermissionDenied if they are somebody else's, without {@link Permission#USERS_WRITE}
     */
    public int revokeAll(Actor actor, UserId userId, Optional<SessionId> except) {
        requireOwnOr(actor, userId, Permission.USERS_WRITE, "session.revoke-all");
        return changes.<Integer>make(actor, change -> {
            if (change.iam().user(userId).isEmpty()) {
                throw missing(userId);
            }
            int ended = change.iam().removeSessionsOf(userId, except);
            change.record("session.revoke-all", "user:" + userId, Details.of("ended", ended));
            return ended;
        });
    }

    /** Removes sessions that do not count any more. Not recorded: nobody did it. */
    public int sweep() {
        return iam.removeExpiredSessions(clock.instant(), authentication.sessionPolicy());
    }

    private void requireOwnOr(Actor actor, UserId userId, Permission permission, String action) {
        if (!actor.is(userId)) {
            access.require(actor, permission, action);
        }
    }

    private static NotFound missing(UserId userId) {
        return new NotFound("user " + userId);
    }
}
