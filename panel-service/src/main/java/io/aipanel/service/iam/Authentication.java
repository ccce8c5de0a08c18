package io.aipanel.service.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginAttempt;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.SessionPolicy;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.audit.Details;
import io.aipanel.service.audit.RefusalLog;
import io.aipanel.service.settings.PanelSettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Lets users in and recognises them again. Safe for use by many threads. */
public final class Authentication {

    /** What an API token starts with. */
    static final String API_TOKEN_PREFIX = "panel_";

    private static final String LOGIN = "session.login";

    private final IamRepository iam;
    private final Changes changes;
    private final RefusalLog refusals;
    private final Passwords passwords;
    private final SettingValues settings;
    private final InstantSource clock;
    private final PasswordAttempts attempts;

    /** For {@link io.aipanel.service.Panel}. */
    public Authentication(
            Storage storage,
            Changes changes,
            RefusalLog refusals,
            Passwords passwords,
            SettingValues settings,
            InstantSource clock) {
        this.iam = storage.iam();
        this.changes = changes;
        this.refusals = refusals;
        this.passwords = passwords;
        this.settings = settings;
        this.clock = clock;
        this.attempts = new PasswordAttempts(iam, clock);
    }

    /**
     * Logs a user in. Takes as long for an unknown user as for a wrong password. After
     * {@link LoginThrottle#DEFAULT too many} failures for the account or the address nothing is tried any more for a
     * while, the right password included.
     *
     * @param email who
     * @param password what the user gave
     * @param from where the request comes from; its name and permissions do not matter
     * @param agent what the browser calls itself; may be empty
     */
    public LogInResult logIn(EmailAddress email, Secret password, Actor from, String agent) {
        Actor claimed =
                new Actor("user:" + email, Optional.empty(), from.permissions(), from.address(), from.requestId());
        LoginAttempt answer = attempts.register(email, from);
        if (answer instanceof LoginAttempt.Refused refused) {
            refusals.refused(claimed, LOGIN, "user:" + email, "too many failures");
            return new LogInResult.Throttled(refused.retryAfter());
        }
        long attempt = ((LoginAttempt.Allowed) answer).attempt();
        Optional<User> user = iam.userByEmail(email);
        boolean known = passwords.matches(password, user.map(User::passwordHash));
        if (!known || user.isEmpty() || !user.get().active()) {
            refusals.refused(claimed, LOGIN, "user:" + email, "wrong e-mail or password");
            return new LogInResult.Refused();
        }
        return open(user.get(), attempt, claimed, agent);
    }

    private LogInResult open(User checked, long attempt, Actor claimed, String agent) {
        Secret token = Tokens.generate("");
        Duration absolute = sessionPolicy().absolute();
        return changes.<LogInResult>make(claimed, change -> {
            Optional<User> user = change.iam().user(checked.id());
            boolean unchanged = user.filter(User::active)
                    .filter(present -> present.passwordHash().equals(checked.passwordHash()))
                    .isPresent();
            if (!unchanged) {
                change.record(
                        LOGIN,
                        "user:" + checked.email(),
                        AuditOutcome.REFUSED,
                        Details.of("reason", "changed while logging in"));
                return new LogInResult.Refused();
            }
            Session session = new Session(
                    new SessionId(Change.newId()),
                    TokenHash.of(token),
                    checked.id(),
                    change.now(),
                    change.now(),
                    change.now().plus(absolute),
                    claimed.address().orElse(""),
                    agent);
            change.iam().addSession(session);
            change.iam().recordLogin(checked.id(), change.now());
            change.iam().forgiveLoginAttempt(attempt);
            change.record(
                    LOGIN,
                    "user:" + checked.email(),
                    Details.of("session", session.id().toString()));
            return new LogInResult.LoggedIn(change.iam().user(checked.id()).orElse(checked), session, token);
        });
    }

    /**
     * Recognises a session by the token that its browser shows, and notes that it was used.
     *
     * @param from where the request comes from
     * @return empty if there is no such session, it has ended, or its user may no longer log in
     */
    public Optional<Authenticated> bySession(Secret token, Actor from) {
        Instant now = clock.instant();
        Optional<Session> session =
                iam.sessionByToken(TokenHash.of(token)).filter(found -> found.isLive(now, sessionPolicy()));
        if (session.isEmpty()) {
            return Optional.empty();
        }
        Optional<User> user = iam.user(session.get().userId()).filter(User::active);
        if (user.isPresent() && session.get().isLastSeenStale(now)) {
            iam.touchSession(session.get().id(), now);
        }
        return user.map(
                present -> new Authenticated(actor("user:" + present.email(), present, from), present, session));
    }

    /**
     * Recognises a program by the API token that it shows, and notes that it was used.
     *
     * @param from where the request comes from
     * @return empty if there is no such token, it has ended, or its user may no longer log in
     */
    public Optional<Authenticated> byApiToken(Secret token, Actor from) {
        Instant now = clock.instant();
        Optional<ApiToken> found = iam.tokenByHash(TokenHash.of(token)).filter(present -> present.isLive(now));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<User> user = iam.user(found.get().userId()).filter(User::active);
        if (user.isPresent() && found.get().isLastUsedStale(now)) {
            iam.touchToken(found.get().id(), now);
        }
        return user.map(present -> {
            String name = "token:" + found.get().id() + " of user:" + present.email();
            return new Authenticated(actor(name, present, from), present, Optional.empty());
        });
    }

    /** Ends the session that the actor came with. */
    public void logOut(Actor actor, Session session) {
        changes.make(actor, change -> {
            if (change.iam().removeSession(session.id())) {
                change.record("session.logout", "session:" + session.id(), Details.none());
            }
            return null;
        });
    }

    /** How long sessions last at present. */
    public SessionPolicy sessionPolicy() {
        Duration idle = settings.value(PanelSettings.SESSION_IDLE);
        Duration absolute = settings.value(PanelSettings.SESSION_ABSOLUTE);
        return new SessionPolicy(idle, absolute.compareTo(idle) < 0 ? idle : absolute);
    }

    private Actor actor(String name, User user, Actor from) {
        return new Actor(
                name,
                Optional.of(user.id()),
                Access.permissionsOf(user.roles(), iam),
                from.address(),
                from.requestId());
    }
}
