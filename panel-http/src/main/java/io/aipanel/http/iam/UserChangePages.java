package io.aipanel.http.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.http.pages.Confirmation;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Handler;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.iam.UserChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The pages that add, change and remove users. */
public final class UserChangePages {

    private static final String NEW = UserPages.PATH + "/new";
    private static final String ONE = UserPages.PATH + "/{id}";

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public UserChangePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                shows(NEW, "page.user.new", "The form to add a user", call -> newPage(call, 200, newForm(call))),
                does(NEW, "page.user.add", "Add a user with the form", this::add),
                shows(
                        ONE,
                        "page.user",
                        "The form to change a user",
                        call -> changePage(call, 200, changeForm(call, user(call)))),
                does(ONE, "page.user.change", "Change a user with the form", this::change),
                shows(
                        ONE + "/password",
                        "page.user.password",
                        "The form to give a user a new password",
                        call -> passwordPage(call, 200, passwordForm(call))),
                does(
                        ONE + "/password",
                        "page.user.reset-password",
                        "Give a user a new password with the form",
                        this::resetPassword),
                does(ONE + "/remove", "page.user.remove", "Remove a user from the page", this::remove));
    }

    private static Route shows(String path, String action, String summary, Handler handler) {
        return Route.at(Method.GET, path, action, UserRoutes.CHANGE)
                .summary(summary)
                .answers(200)
                .handledBy(handler);
    }

    private static Route does(String path, String action, String summary, Handler handler) {
        return Route.at(Method.POST, path, action, UserRoutes.CHANGE)
                .summary(summary)
                .takesForm()
                .answers(303)
                .handledBy(handler);
    }

    private Reply add(Call call) {
        return Shell.attempt(call.body(), newForm(call), (status, form) -> newPage(call, status, form), () -> {
            Body body = call.body();
            EmailAddress email = body.value("email", EmailAddress::new);
            String name = body.optionalText("displayName").orElse("").strip();
            User added = panel.users()
                    .add(
                            call.actor(),
                            new NewUser(
                                    email,
                                    name.isEmpty() ? email.value() : name,
                                    roles(body),
                                    new Secret(body.text("password"))));
            return Shell.done(UserPages.PATH, "notice.user-added", added.email().value());
        });
    }

    private Reply change(Call call) {
        User user = user(call);
        return Shell.attempt(
                call.body(), changeForm(call, user), (status, form) -> changePage(call, status, form), () -> {
                    Body body = call.body();
                    UserChange wanted = new UserChange(
                            Optional.of(body.text("displayName")),
                            Optional.of(
                                    body.value("status", name -> WireNames.parse("status", UserStatus.class, name))),
                            Optional.of(roles(body)));
                    panel.users().change(call.actor(), user.id(), wanted, body.optional("version", Fields::longNumber));
                    return Shell.done(
                            UserPages.PATH, "notice.user-changed", user.email().value());
                });
    }

    private Reply resetPassword(Call call) {
        User user = user(call);
        return Shell.attempt(
                call.body(), passwordForm(call), (status, form) -> passwordPage(call, status, form), () -> {
                    panel.users()
                            .resetPassword(
                                    call.actor(),
                                    user.id(),
                                    new Secret(call.body().text("password")));
                    return Shell.done(
                            UserPages.PATH,
                            "notice.password-reset",
                            user.email().value());
                });
    }

    private Reply remove(Call call) {
        User user = user(call);
        String email = user.email().value();
        Words words = shell.words(call);
        Form form = Form.of(path(user) + "/remove", words.of("user.remove"))
                .with("version", Long.toString(user.version()))
                .with(Confirmation.FIELD, "true");
        Shell.Shown asked = (status, shown) -> shell.page(
                call,
                status,
                "pages/confirm",
                Map.of(
                        "question",
                        new Confirmation(
                                words.of("user.remove-title", email),
                                words.of("user.remove-text"),
                                shown,
                                path(user))));
        if (!call.body().has(Confirmation.FIELD)) {
            return asked.page(200, form);
        }
        return Shell.attempt(call.body(), form, asked, () -> {
            panel.users().remove(call.actor(), user.id(), call.body().optional("version", Fields::longNumber));
            return Shell.done(UserPages.PATH, "notice.user-removed", email);
        });
    }

    private Reply newPage(Call call, int status, Form form) {
        return shell.page(
                call,
                status,
                "pages/formPage",
                Map.of("title", shell.words(call).of("user.add"), "form", form));
    }

    private Reply changePage(Call call, int status, Form form) {
        return shell.page(call, status, "iam/user", Map.of("user", user(call), "form", form));
    }

    private Reply passwordPage(Call call, int status, Form form) {
        String title =
                shell.words(call).of("user.password-title", user(call).email().value());
        return shell.page(call, status, "pages/formPage", Map.of("title", title, "form", form));
    }

    private Form newForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                NEW,
                words.of("user.add"),
                Field.of("email", words.of("user.email"), "email", "off", ""),
                Field.text("displayName", words.of("user.name"), words.of("user.name-hint")),
                Field.of(
                        "password",
                        words.of("user.first-password"),
                        "password",
                        "new-password",
                        words.of("user.password-hint")),
                Field.checkboxes("roles", words.of("user.roles"), allRoles(call), ""));
    }

    private Form changeForm(Call call, User user) {
        Words words = shell.words(call);
        List<Field.Option> states = Stream.of(UserStatus.values())
                .map(WireNames::of)
                .map(name -> new Field.Option(name, words.of("user." + name)))
                .toList();
        return Form.of(
                        path(user),
                        words.of("user.save"),
                        Field.text("displayName", words.of("user.name"), "").filled(user.displayName()),
                        Field.select("status", words.of("user.status"), states).filled(WireNames.of(user.status())),
                        Field.checkboxes("roles", words.of("user.roles"), allRoles(call), "")
                                .filled(user.roles().stream()
                                        .map(RoleName::value)
                                        .toList()))
                .with("version", Long.toString(user.version()));
    }

    private Form passwordForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                UserPages.PATH + "/" + user(call).id() + "/password",
                words.of("user.set-password"),
                Field.of(
                        "password",
                        words.of("user.password"),
                        "password",
                        "new-password",
                        words.of("user.password-hint")));
    }

    private List<Field.Option> allRoles(Call call) {
        return panel.roles().list(call.actor()).stream()
                .map(role -> new Field.Option(
                        role.name().value(),
                        role.description().isEmpty()
                                ? role.name().value()
                                : role.name().value() + " – " + role.description()))
                .toList();
    }

    private static Set<RoleName> roles(Body body) {
        Set<RoleName> roles = new TreeSet<>();
        body.texts("roles").forEach(name -> roles.add(Fields.parse("roles", name, RoleName::new)));
        return roles;
    }

    private User user(Call call) {
        UserId id = call.id("id", "user", UserId::parse);
        return panel.users().find(call.actor(), id).orElseThrow(() -> new NotFound("user " + id));
    }

    private static String path(User user) {
        return UserPages.PATH + "/" + user.id();
    }
}
