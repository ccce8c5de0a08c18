package io.aipanel.http.pages;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.iam.SessionRoutes;
import io.aipanel.http.iam.SetupRoutes;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.LogInResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages around all others: first set-up, logging in and out, and the start page. */
public final class Pages {

    private final Panel panel;
    private final SessionCookie cookie;
    private final Shell shell;
    private final Home home;

    /**
     * @param panel what is served
     * @param cookie how browsers keep their session
     * @param shell renders pages
     */
    public Pages(Panel panel, SessionCookie cookie, Shell shell) {
        this.panel = panel;
        this.cookie = cookie;
        this.shell = shell;
        this.home = new Home(panel);
    }

    /** The routes. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(shell.assetRoutes());
        routes.add(Route.at(Method.GET, "/", "page.home", Rule.SIGNED_IN)
                .summary("The start page")
                .answers(200)
                .handledBy(call -> shell.page(call, "pages/home", Map.of("home", home.of(call, shell.words(call))))));
        routes.add(Route.at(Method.GET, "/login", LogInFirst.ACTION, Rule.PUBLIC)
                .summary("The form to log in")
                .answers(200)
                .handledBy(this::showLogIn));
        routes.add(Route.at(Method.POST, "/login", "page.login.send", Rule.PUBLIC)
                .summary("Log in with the form")
                .takesForm()
                .answers(303)
                .handledBy(this::logIn));
        routes.add(Route.at(Method.POST, "/logout", "page.logout", Rule.SIGNED_IN)
                .summary("Log out")
                .answers(303)
                .handledBy(this::logOut));
        routes.add(Route.at(Method.GET, "/setup", "page.setup", Rule.PUBLIC)
                .summary("The form to add the first admin")
                .answers(200)
                .handledBy(this::showSetup));
        routes.add(Route.at(Method.POST, "/setup", "page.setup.send", Rule.PUBLIC)
                .summary("Add the first admin with the form")
                .takesForm()
                .answers(303)
                .handledBy(this::setUp));
        routes.add(Route.at(Method.POST, "/display", "page.display", Rule.PUBLIC)
                .summary("Choose colours and language")
                .takesForm()
                .answers(303)
                .handledBy(new Display(shell.languages())::choose));
        return routes;
    }

    /** Shows the form to log in: by itself, or instead of another page, which has sent something then. */
    private Reply showLogIn(Call call) {
        boolean interrupted = !call.body().fields().isEmpty();
        return interrupted
                ? logInPage(call, 401, logInForm(call), LogInFirst.interrupted(call.browser(), call.body()))
                : logInPage(call, 200, logInForm(call), LogInFirst.asked(call.query()));
    }

    private Reply logIn(Call call) {
        LogInFirst next = LogInFirst.sentWith(call.body());
        return Shell.attempt(
                call.body(),
                logInForm(call),
                (status, form) -> logInPage(call, status, form, next),
                () -> signedIn(call, next));
    }

    private Reply logOut(Call call) {
        call.signedIn().session().ifPresent(session -> panel.authentication().logOut(call.actor(), session));
        return Reply.seeOther("/login").with("Set-Cookie", cookie.end());
    }

    private Reply showSetup(Call call) {
        if (!panel.setup().isNeeded()) {
            return Reply.seeOther("/login");
        }
        Map<String, List<String>> given =
                Map.of("code", List.of(call.query("code").orElse("")));
        return setupPage(call, 200, setupForm(call).filled(Body.ofForm(given)));
    }

    private Reply setUp(Call call) {
        return Shell.attempt(call.body(), setupForm(call), (status, form) -> setupPage(call, status, form), () -> {
            SetupRoutes.complete(panel, call);
            return signedIn(call, LogInFirst.asked(Map.of()));
        });
    }

    /** Logs in with what a form sent, and goes on where somebody wanted to be. */
    private Reply signedIn(Call call, LogInFirst next) {
        LogInResult result = panel.authentication()
                .logIn(
                        call.body().value("email", EmailAddress::new),
                        new Secret(call.body().text("password")),
                        call.actor(),
                        call.agent());
        if (result instanceof LogInResult.LoggedIn in) {
            Reply reply = next.kept().isEmpty()
                    ? Reply.seeOther(next.target())
                    : shell.page(call, "pages/again", Map.of("next", next, "mark", Shell.AGAIN));
            return reply.with("Set-Cookie", cookie.start(in.token()));
        }
        throw SessionRoutes.refused(result);
    }

    private Reply logInPage(Call call, int status, Form form, LogInFirst next) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("form", form);
        parameters.put("setupNeeded", panel.setup().isNeeded());
        parameters.put("next", next);
        return shell.page(call, status, "pages/login", parameters);
    }

    private Reply setupPage(Call call, int status, Form form) {
        return shell.page(call, status, "pages/setup", Map.of("form", form));
    }

    private Form logInForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                "/login",
                words.of("login.button"),
                Field.of("email", words.of("user.email"), "email", "username", ""),
                Field.of("password", words.of("user.password"), "password", "current-password", ""));
    }

    private Form setupForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                "/setup",
                words.of("setup.button"),
                Field.text("code", words.of("setup.code"), words.of("setup.code-hint")),
                Field.of("email", words.of("user.email"), "email", "username", words.of("setup.email-hint")),
                Field.of("displayName", words.of("user.name"), "text", "name", words.of("user.name-hint")),
                Field.of(
                        "password",
                        words.of("user.password"),
                        "password",
                        "new-password",
                        words.of("user.password-hint")));
    }
}
