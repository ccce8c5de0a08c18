package io.aipanel.http.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Authenticated;
import io.aipanel.service.iam.LogInResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logging in and out, and ending sessions. */
public final class SessionRoutes {

    private static final Schema LOG_IN = Schema.object("LogIn")
            .required("email", Schema.text("email"), "Who logs in")
            .required("password", Schema.text("password"), "The password")
            .build();

    private final Panel panel;
    private final SessionCookie cookie;

    /**
     * @param panel what is served
     * @param cookie how browsers keep their session
     */
    public SessionRoutes(Panel panel, SessionCookie cookie) {
        this.panel = panel;
        this.cookie = cookie;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.api(Method.POST, "/session", "session.login", Rule.PUBLIC)
                        .summary("Log in")
                        .takes(LOG_IN)
                        .answers(201, ViewSchemas.of(LoggedInView.class))
                        .handledBy(this::logIn),
                Route.api(Method.GET, "/session", "session.show", Rule.SIGNED_IN)
                        .summary("Who is signed in")
                        .answers(200, ViewSchemas.of(WhoView.class))
                        .handledBy(SessionRoutes::show),
                Route.api(Method.DELETE, "/session", "session.logout", Rule.SIGNED_IN)
                        .summary("Log out")
                        .answers(204)
                        .handledBy(this::logOut),
                Route.api(Method.DELETE, "/sessions/{id}", "session.revoke", Rule.SIGNED_IN)
                        .summary("End a session: one's own, or with users:write anybody's")
                        .answers(204)
                        .handledBy(this::revoke));
    }

    private Reply logIn(Call call) {
        LogInResult result = panel.authentication()
                .logIn(
                        call.body().value("email", EmailAddress::new),
                        new Secret(call.body().text("password")),
                        call.actor(),
                        call.agent());
        if (result instanceof LogInResult.LoggedIn in) {
            return Reply.json(
                            201,
                            new LoggedInView(
                                    UserView.of(in.user()), in.session().expiresAt()))
                    .with("Set-Cookie", cookie.start(in.token()));
        }
        throw refused(result);
    }

    /** What a login that failed becomes; not for one that went well. */
    public static Refusal refused(LogInResult result) {
        if (result instanceof LogInResult.Throttled throttled) {
            long seconds = seconds(throttled.retryAfter());
            return new Refusal(
                    429,
                    "too-many-attempts",
                    "There were too many failed attempts: try again in " + seconds + " seconds.",
                    Optional.empty(),
                    Map.of("Retry-After", Long.toString(seconds)));
        }
        return new Refusal(
                401,
                "wrong-credentials",
                "The e-mail or the password is wrong.",
                Optional.empty(),
                Map.of("WWW-Authenticate", "Bearer"));
    }

    private static Reply show(Call call) {
        Authenticated who = call.signedIn();
        List<String> permissions = call.actor().permissions().stream()
                .sorted()
                .map(Permission::wireName)
                .toList();
        return Reply.ok(new WhoView(
                UserView.of(who.user()),
                permissions,
                who.session().map(Session::expiresAt).orElse(null)));
    }

    private Reply logOut(Call call) {
        Session session = call.signedIn()
                .session()
                .orElseThrow(() -> new Refusal(
                        400, "no-session", "An API token has no session to end: remove it with DELETE /tokens/{id}."));
        panel.authentication().logOut(call.actor(), session);
        return Reply.done().with("Set-Cookie", cookie.end());
    }

    private Reply revoke(Call call) {
        panel.sessions().revoke(call.actor(), call.id("id", "session", SessionId::parse));
        return Reply.done();
    }

    /** Whole seconds, rounded up, so that nobody comes back too early. */
    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
    }

    record LoggedInView(UserView user, Instant expiresAt) {}

    record WhoView(
            UserView user,
            List<String> permissions,
            @Nullable Instant expiresAt) {}
}
