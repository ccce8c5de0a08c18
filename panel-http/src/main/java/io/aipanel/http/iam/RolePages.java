package io.aipanel.http.iam;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.http.pages.Confirmation;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Link;
import io.aipanel.http.pages.Shell;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Handler;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The pages that show roles, and add, change and remove those that are not built in. */
public final class RolePages {

    private static final String PATH = "/roles";
    private static final String NEW = PATH + "/new";
    private static final String ONE = PATH + "/{name}";
    private static final Rule SEE = Rule.anyOf(Permission.USERS_READ);
    private static final Rule CHANGE = Rule.anyOf(Permission.ROLES_WRITE);

    private final Panel panel;
    private final Shell shell;

    /**
     * @param panel what is served
     * @param shell renders pages
     */
    public RolePages(Panel panel, Shell shell) {
        this.panel = panel;
        this.shell = shell;
    }

    /** The routes; the form for a new one comes before those of one that is there, because the first that fits is taken. */
    public List<Route> routes() {
        return List.of(
                Route.at(Method.GET, PATH, "page.roles", SEE)
                        .summary("The page of roles")
                        .answers(200)
                        .handledBy(this::list),
                shows(NEW, "page.role.new", "The form to add a role", call -> newPage(call, 200, newForm(call))),
                does(NEW, "page.role.add", "Add a role with the form", this::add),
                shows(
                        ONE,
                        "page.role",
                        "The form to change a role",
                        call -> changePage(call, 200, changeForm(call, role(call)))),
                does(ONE, "page.role.change", "Change a role with the form", this::change),
                does(ONE + "/remove", "page.role.remove", "Remove a role from the page", this::remove));
    }

    private static Route shows(String path, String action, String summary, Handler handler) {
        return Route.at(Method.GET, path, action, CHANGE)
                .summary(summary)
                .answers(200)
                .handledBy(handler);
    }

    private static Route does(String path, String action, String summary, Handler handler) {
        return Route.at(Method.POST, path, action, CHANGE)
                .summary(summary)
                .takesForm()
                .answers(303)
                .handledBy(handler);
    }

    private Reply list(Call call) {
        return shell.page(
                call,
                "iam/roles",
                Map.of(
                        "roles",
                        panel.roles().list(call.actor()),
                        "mayChange",
                        call.actor().may(Permission.ROLES_WRITE)));
    }

    private Reply add(Call call) {
        return Shell.attempt(call.body(), newForm(call), (status, form) -> newPage(call, status, form), () -> {
            RoleName name = call.body().value("name", text -> new RoleName(text.strip()));
            panel.roles().add(call.actor(), wanted(name, call.body()));
            return Shell.done(PATH, "notice.role-added", name);
        });
    }

    private Reply change(Call call) {
        Role role = role(call);
        return Shell.attempt(
                call.body(), changeForm(call, role), (status, form) -> changePage(call, status, form), () -> {
                    panel.roles().change(call.actor(), wanted(role.name(), call.body()));
                    return Shell.done(PATH, "notice.role-changed", role.name());
                });
    }

    private Reply remove(Call call) {
        RoleName name = role(call).name();
        Words words = shell.words(call);
        Form form = Form.of(path(name) + "/remove", words.of("role.remove")).with(Confirmation.FIELD, "true");
        Shell.Shown asked = (status, shown) -> shell.page(
                call,
                status,
                "pages/confirm",
                Map.of(
                        "question",
                        new Confirmation(
                                words.of("role.remove-title", name), words.of("role.remove-text"), shown, path(name))));
        if (!call.body().has(Confirmation.FIELD)) {
            return asked.page(200, form);
        }
        return Shell.attempt(call.body(), form, asked, () -> {
            panel.roles().remove(call.actor(), name);
            return Shell.done(PATH, "notice.role-removed", name);
        });
    }

    private Reply newPage(Call call, int status, Form form) {
        return shell.page(
                call,
                status,
                "pages/formPage",
                Map.of("title", shell.words(call).of("role.add"), "form", form));
    }

    private Reply changePage(Call call, int status, Form form) {
        return shell.page(call, status, "iam/role", Map.of("role", role(call), "form", form));
    }

    private Form newForm(Call call) {
        Words words = shell.words(call);
        return Form.of(
                NEW,
                words.of("role.add"),
                Field.text("name", words.of("roles.name"), words.of("role.name-hint")),
                Field.text("description", words.of("roles.description"), ""),
                permissions(words));
    }

    private Form changeForm(Call call, Role role) {
        Words words = shell.words(call);
        return Form.of(
                path(role.name()),
                words.of("role.save"),
                Field.text("description", words.of("roles.description"), "").filled(role.description()),
                permissions(words)
                        .filled(role.permissions().stream()
                                .map(Permission::wireName)
                                .toList()));
    }

    private static Field permissions(Words words) {
        List<Field.Option> all = Stream.of(Permission.values())
                .map(Permission::wireName)
                .map(name -> new Field.Option(name, name))
                .toList();
        return Field.checkboxes("permissions", words.of("roles.permissions"), all, "");
    }

    private static Role wanted(RoleName name, Body body) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        body.texts("permissions")
                .forEach(text -> permissions.add(Fields.parse("permissions", text, Permission::ofWireName)));
        return new Role(name, body.optionalText("description").orElse("").strip(), permissions);
    }

    /** A built-in one cannot be changed, so there is no form for it. */
    private Role role(Call call) {
        RoleName name = call.id("name", "role", RoleName::new);
        return panel.roles()
                .find(call.actor(), name)
                .filter(role -> !role.isBuiltIn())
                .orElseThrow(() -> new NotFound("role " + name + " that can be changed"));
    }

    private static String path(RoleName name) {
        return PATH + "/" + Link.part(name.value());
    }
}
