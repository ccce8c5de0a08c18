package io.aipanel.http.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Listing;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.iam.UserChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Users and their sessions. */
public final class UserRoutes {

    /** Who may change users. */
    static final Rule CHANGE = Rule.anyOf(Permission.USERS_WRITE);

    private static final Rule SEE = Rule.anyOf(Permission.USERS_READ);

    private static final Schema NEW_USER = Schema.object("NewUser")
            .required("email", Schema.text("email"), "The address to log in with")
            .optional("displayName", Schema.text(), "How the user is called; the address if it is not given")
            .optional("roles", Schema.listOf(Schema.text()), "The roles to have; none if they are not given")
            .required("password", Schema.text("password"), "The first password, at least 8 characters")
            .build();

    private static final Schema USER_CHANGE = Schema.object("UserChange")
            .optional("displayName", Schema.text(), "How the user is called")
            .optional("status", Schema.nameOf(UserStatus.class), "Whether the user may log in")
            .optional("roles", Schema.listOf(Schema.text()), "The roles to have, all of them")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public UserRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        Schema user = ViewSchemas.of(UserView.class);
        return List.of(
                Route.api(Method.GET, "/users", "user.list", SEE)
                        .summary("Users by e-mail")
                        .paged()
                        .answers(200, ViewSchemas.listing(UserView.class))
                        .handledBy(this::list),
                Route.api(Method.POST, "/users", "user.add", CHANGE)
                        .summary("Add a user")
                        .takes(NEW_USER)
                        .answersVersioned(201, user)
                        .handledBy(this::add),
                Route.api(Method.GET, "/users/{id}", "user.show", Rule.SIGNED_IN)
                        .summary("A user: oneself, or with users:read anybody")
                        .answersVersioned(200, user)
                        .handledBy(this::show),
                Route.api(Method.PATCH, "/users/{id}", "user.change", CHANGE)
                        .summary("Change what is given; the rest stays")
                        .takes(USER_CHANGE)
                        .answersVersioned(200, user)
                        .handledBy(this::change),
                Route.api(Method.DELETE, "/users/{id}", "user.remove", CHANGE)
                        .summary("Remove a user with all sessions and API tokens")
                        .answers(204)
                        .handledBy(this::remove),
                Route.api(Method.GET, "/users/{id}/sessions", "session.list", Rule.SIGNED_IN)
                        .summary("The sessions of a user, newest first: one's own, or with users:read anybody's")
                        .paged()
                        .answers(200, ViewSchemas.listing(SessionView.class))
                        .handledBy(this::sessions),
                Route.api(Method.DELETE, "/users/{id}/sessions", "session.revoke-all", Rule.SIGNED_IN)
                        .summary("End every session of a user: one's own, or with users:write anybody's")
                        .answers(204)
                        .handledBy(this::endSessions));
    }

    private Reply list(Call call) {
        return Reply.ok(Listing.of(panel.users().list(call.actor(), call.page()), UserView::of));
    }

    private Reply add(Call call) {
        Body body = call.body();
        EmailAddress email = body.value("email", EmailAddress::new);
        User added = panel.users()
                .add(
                        call.actor(),
                        new NewUser(
                                email,
                                body.optionalText("displayName").orElse(email.value()),
                                roles(body).orElse(Set.of()),
                                new Secret(body.text("password"))));
        return Reply.created("/api/v1/users/" + added.id(), UserView.of(added)).version(added.version());
    }

    private Reply show(Call call) {
        UserId id = id(call);
        User user = panel.users().find(call.actor(), id).orElseThrow(() -> new NotFound("user " + id));
        return Reply.ok(UserView.of(user)).version(user.version());
    }

    private Reply change(Call call) {
        Body body = call.body();
        UserChange wanted = new UserChange(
                body.optionalText("displayName"),
                body.optional("status", name -> WireNames.parse("status", UserStatus.class, name)),
                roles(body));
        User changed = panel.users().change(call.actor(), id(call), wanted, call.expectedVersion());
        return Reply.ok(UserView.of(changed)).version(changed.version());
    }

    private Reply remove(Call call) {
        panel.users().remove(call.actor(), id(call), call.expectedVersion());
        return Reply.done();
    }

    private Reply sessions(Call call) {
        Optional<Session> current = call.signedIn().session();
        return Reply.ok(Listing.of(
                panel.sessions().list(call.actor(), id(call), call.page()),
                session -> new SessionView(
                        session.id().toString(),
                        session.createdAt(),
                        session.lastSeenAt(),
                        session.expiresAt(),
                        session.address(),
                        session.agent(),
                        panel.sessions().isLive(session),
                        current.filter(own -> own.id().equals(session.id())).isPresent())));
    }

    private Reply endSessions(Call call) {
        panel.sessions().revokeAll(call.actor(), id(call), Optional.empty());
        return Reply.done();
    }

    private static UserId id(Call call) {
        return call.id("id", "user", UserId::parse);
    }

    private static Optional<Set<RoleName>> roles(Body body) {
        return body.list("roles", RoleName::new).map(TreeSet::new);
    }

    record SessionView(
            String id,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt,
            String address,
            String agent,
            boolean live,
            boolean current) {}
}
