package io.aipanel.http.iam;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Roles. */
public final class RoleRoutes {

    private static final Rule SEE = Rule.anyOf(Permission.USERS_READ);
    private static final Rule CHANGE = Rule.anyOf(Permission.ROLES_WRITE);

    private static final Schema PERMISSIONS = Schema.listOf(Schema.oneOfTexts(
            Stream.of(Permission.values()).map(Permission::wireName).toList()));

    private static final Schema NEW_ROLE = Schema.object("NewRole")
            .required("name", Schema.text(), "1 to 64 of a-z, 0-9 and -, starting with a letter")
            .optional("description", Schema.text(), "What the role is for")
            .required("permissions", PERMISSIONS, "What the role allows")
            .build();

    private static final Schema ROLE_CHANGE = Schema.object("RoleChange")
            .optional("description", Schema.text(), "What the role is for")
            .required("permissions", PERMISSIONS, "What the role allows, all of it")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public RoleRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema role = ViewSchemas.of(RoleView.class);
        return List.of(
                Route.api(Method.GET, "/roles", "role.list", SEE)
                        .summary("Roles by name, built-in ones among them")
                        .paged()
                        .answers(200, ViewSchemas.listing(RoleView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/roles", "role.add", CHANGE)
                        .summary("Add a role")
                        .takes(NEW_ROLE)
                        .answers(201, role)
                        .handledBy(this::add),
                Route.api(Method.GET, "/roles/{name}", "role.show", SEE)
                        .summary("A role")
                        .answers(200, role)
                        .handledBy(this::show),
                Route.api(Method.PUT, "/roles/{name}", "role.change", CHANGE)
                        .summary("Replace what a custom role allows")
                        .takes(ROLE_CHANGE)
                        .answers(200, role)
                        .handledBy(this::change),
                Route.api(Method.DELETE, "/roles/{name}", "role.remove", CHANGE)
                        .summary("Remove a custom role that nobody has")
                        .answers(204)
                        .handledBy(this::remove));
    }

    private Reply list(Call call) {
        List<Role> all = panel.roles().list(call.actor());
        return Reply.ok(
                Listing.of(Listing.part(all, call.page(), role -> role.name().value()), RoleView::of));
    }

    private Reply add(Call call) {
        Body body = call.body();
        Role added = panel.roles().add(call.actor(), role(body, body.value("name", RoleName::new)));
        return Reply.created("/api/v1/roles/" + added.name(), RoleView.of(added));
    }

    private Reply show(Call call) {
        RoleName name = name(call);
        return Reply.ok(
                RoleView.of(panel.roles().find(call.actor(), name).orElseThrow(() -> new NotFound("role " + name))));
    }

    private Reply change(Call call) {
        return Reply.ok(RoleView.of(panel.roles().change(call.actor(), role(call.body(), name(call)))));
    }

    private Reply remove(Call call) {
        panel.roles().remove(call.actor(), name(call));
        return Reply.done();
    }

    private static RoleName name(Call call) {
        return call.id("name", "role", RoleName::new);
    }

    private static Role role(Body body, RoleName name) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        permissions.addAll(body.list("permissions", Permission::ofWireName).orElse(List.of()));
        return new Role(name, body.optionalText("description").orElse(""), permissions);
    }

    record RoleView(String name, String description, List<String> permissions, boolean builtIn) {

        static RoleView of(Role role) {
            return new RoleView(
                    role.name().value(),
                    role.description(),
                    role.permissions().stream().map(Permission::wireName).toList(),
                    role.isBuiltIn());
        }
    }
}
