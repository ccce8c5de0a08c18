package io.aipanel.http.iam;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.User;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.LogInResult;
import io.aipanel.service.iam.TooManyAttempts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages of whoever is signed in: who they are, where they are logged in, and their password. */
public final class ProfilePages {

    private static final String PATH = "/profile";
    private static final String PASSWORD = PATH + "/password";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public ProfilePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.profile", Rule.SIGNED_IN)
                        .summary("The page of whoever is signed in")
                        .answers(200)
                        .handledBy(this::show),
                Route.at(Method.GET, PASSWORD, "page.password", Rule.SIGNED_IN)
                        .summary("The form for one's own password")
                        .answers(200)
                        .handledBy(call -> passwordPage(call, 200, passwordForm(call))),
                Route.at(Method.POST, PASSWORD, "page.password.change", Rule.SIGNED_IN)
                        .summary("Change one's own password with the form")
                        .takesForm()
                        .answers(303)
                        .handledBy(this::changePassword),
                Route.at(Method.POST, PATH + "/sessions/{id}/end", "page.session.end", Rule.SIGNED_IN)
                        .summary("End one of one's own sessions from the page")
                        .answers(303)
                        .handledBy(this::endSession),
                Route.at(Method.POST, PATH + "/sessions/end", "page.sessions.end", Rule.SIGNED_IN)
                        .summary("End all of one's own other sessions from the page")
                        .answers(303)
                        .handledBy(this::endOthers));
    }

    private Reply show(Call call) {
        User user = call.signedIn().user();
        List<Session> live =
                panel
                        .sessions()
                        .list(call.actor(), user.id(), PageRequest.first(PageRequest.MAX_LIMIT))
                        .items()
                        .stream()
                        .filter(panel.sessions()::isLive)
                        .toList();
        return shell.page(
                call,
                "iam/profile",
                Map.of(
                        "user",
                        user,
                        "sessions",
                        live,
                        "current",
                        call.signedIn().session().map(Session::id)));
    }

    private Reply endSession(Call call) {
        panel.sessions().revoke(call.actor(), call.id("id", "session", SessionId::parse));
        return Shell.done(PATH, "notice.session-ended");
    }

    private Reply endOthers(Call call) {
        int ended = panel.sessions()
                .revokeAll(
                        call.actor(),
                        call.signedIn().user().id(),
                        call.signedIn().session().map(Session::id));
        return Shell.done(PATH, "notice.sessions-ended", ended);
    }

    private Reply changePassword(Call call) {
        return Shell.attempt(
                call.body(), passwordForm(call), (status, form) -> passwordPage(call, status, form), () -> {
                    if (!changed(call)) {
                        throw new Refusal(
                                403,
                                "wrong-password",
                                "The present password is wrong.",
                                Optional.of("currentPassword"),
                                Map.of());
                    }
                    return Shell.done(PATH, "notice.password-changed");
                });
    }

    private boolean changed(Call call) {
        Secret current = new Secret(call.body().text("currentPassword"));
        try {
            return call.body()
                    .value(
                            "newPassword",
                            wanted -> panel.users()
                                    .changeOwnPassword(
                                            call.actor(),
                                            current,
                                            new Secret(wanted),
                                            call.signedIn().session().map(Session::id)));
        } catch (TooManyAttempts e) {
            throw SessionRoutes.refused(new LogInResult.Throttled(e.retryAfter()));
        }
    }

    private Reply passwordPage(Call call, int status, Form form) {
        return shell.page(
                call,
                status,
                "pages/formPage",
                Map.of("title", shell.words(call).of("profile.password"), "form", form));
    }

    private Form passwordForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                PASSWORD,
                words.of("profile.password"),
                Field.of("currentPassword", words.of("profile.current"), "password", "current-password", ""),
                Field.of(
                        "newPassword",
                        words.of("profile.new"),
                        "password",
                        "new-password",
                        words.of("user.password-hint")));
    }
}
