package io.aipanel.http.pages;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.iam.SessionRoutes;
import io.aipanel.http.iam.SetupRoutes;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.LogInResult;
import io.aipanel.service.settings.PanelSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The pages: first set-up, logging in and out, and the start page. */
public final class Pages {

    private final Panel panel;
    private final SessionCookie cookie;
    private final Home home;
    private final Templates templates = new Templates();
    private final Assets assets = new Assets();

    /**
     * @param panel what is served
     * @param cookie how browsers keep their session
     */
    public Pages(Panel panel, SessionCookie cookie) {
        this.panel = panel;
        this.cookie = cookie;
        this.home = new Home(panel);
    }

    /** The routes. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(assets.routes());
        routes.add(Route.at(Method.GET, "/", "page.home", Rule.SIGNED_IN)
                .summary("The start page")
                .answers(200)
                .handledBy(call -> page(200, "home", Map.of("home", home.of(call)))));
        routes.add(Route.at(Method.GET, "/login", "page.login", Rule.PUBLIC)
                .summary("The form to log in")
                .answers(200)
                .handledBy(call -> logInPage(200, logInForm())));
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
        return routes;
    }

    private Reply logIn(Call call) {
        Form form = logInForm().filled(call.body());
        return attempt(form, this::logInPage, () -> signedIn(call));
    }

    private Reply logOut(Call call) {
        call.signedIn().session().ifPresent(session -> panel.authentication().logOut(call.actor(), session));
        return Reply.seeOther("/login").with("Set-Cookie", cookie.end());
    }

    private Reply showSetup(Call call) {
        if (!panel.setup().isNeeded()) {
            return Reply.seeOther("/login");
        }
        Map<String, String> given = Map.of("code", call.query("code").orElse(""));
        return setupPage(200, setupForm().filled(Body.ofForm(given)));
    }

    private Reply setUp(Call call) {
        Form form = setupForm().filled(call.body());
        return attempt(form, this::setupPage, () -> {
            SetupRoutes.complete(panel, call);
            return signedIn(call);
        });
    }

    /** Logs in with what a form sent, and goes to the start page. */
    private Reply signedIn(Call call) {
        LogInResult result = panel.authentication()
                .logIn(
                        call.body().value("email", EmailAddress::new),
                        new Secret(call.body().text("password")),
                        call.actor(),
                        call.agent());
        if (result instanceof LogInResult.LoggedIn in) {
            return Reply.seeOther("/").with("Set-Cookie", cookie.start(in.token()));
        }
        throw SessionRoutes.refused(result);
    }

    /** Does what a form asks for, or shows it again with what is wrong. */
    private static Reply attempt(Form form, Shown shown, Supplier<Reply> work) {
        try {
            return work.get();
        } catch (InvalidValueException e) {
            return shown.page(400, form.refused(e));
        } catch (Refusal e) {
            Reply again = shown.page(e.status(), form.refused(e));
            for (Map.Entry<String, String> header : e.headers().entrySet()) {
                again = again.with(header.getKey(), header.getValue());
            }
            return again;
        }
    }

    private Reply logInPage(int status, Form form) {
        return page(
                status,
                "login",
                Map.of("form", form, "setupNeeded", panel.setup().isNeeded()));
    }

    private Reply setupPage(int status, Form form) {
        return page(status, "setup", Map.of("form", form));
    }

    private Reply page(int status, String template, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        String name = panel.settings().value(PanelSettings.NAME);
        all.put("frame", new Frame(name, assets.stylesheet(), assets.icon()));
        return Reply.page(status, templates.render(template, all));
    }

    private static Form logInForm() {
        return Form.of(
                "/login",
                "Log in",
                Field.of("email", "E-mail", "email", "username", ""),
                Field.of("password", "Password", "password", "current-password", ""));
    }

    private static Form setupForm() {
        return Form.of(
                "/setup",
                "Add the first admin",
                Field.of("code", "One-time code", "text", "off", "Printed by the panel when it started."),
                Field.of("email", "E-mail", "email", "username", "You log in with it."),
                Field.of("displayName", "Name", "text", "name", "Shown to others. Your e-mail if you leave it empty."),
                Field.of("password", "Password", "password", "new-password", "At least 8 characters."));
    }

    /** Shows a form. */
    @FunctionalInterface
    private interface Shown {
        Reply page(int status, Form form);
    }
}
