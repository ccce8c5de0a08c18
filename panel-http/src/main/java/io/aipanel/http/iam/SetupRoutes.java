package io.aipanel.http.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.http.web.ViewSchemas;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.NewUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adding the first admin. */
public final class SetupRoutes {

    private static final Schema SETUP = Schema.object("Setup")
            .required("code", Schema.text("password"), "The one-time code that the panel printed when it started")
            .required("email", Schema.text("email"), "The address to log in with")
            .optional("displayName", Schema.text(), "How the admin is called; the address if it is not given")
            .required("password", Schema.text("password"), "At least 8 characters")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public SetupRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.api(Method.POST, "/setup", "setup.complete", Rule.PUBLIC)
                .summary("Add the first admin")
                .takes(SETUP)
                .answersVersioned(201, ViewSchemas.of(UserView.class))
                .handledBy(this::complete));
    }

    private Reply complete(Call call) {
        User admin = complete(panel, call);
        return Reply.created("/api/v1/users/" + admin.id(), UserView.of(admin)).version(admin.version());
    }

    /**
     * Adds the first admin with the fields that a call carries.
     *
     * @throws Refusal if the code is wrong, or the panel is set up already
     */
    public static User complete(Panel panel, Call call) {
        if (!panel.setup().isNeeded()) {
            throw new Refusal(409, "set-up-already", "The panel is set up already: log in.");
        }
        EmailAddress email = call.body().value("email", EmailAddress::new);
        NewUser admin = new NewUser(
                email,
                call.body()
                        .optionalText("displayName")
                        .filter(name -> !name.isBlank())
                        .orElse(email.value()),
                Set.of(),
                new Secret(call.body().text("password")));
        return panel.setup()
                .complete(new Secret(call.body().text("code")), call.actor(), admin)
                .orElseThrow(() -> new Refusal(
                        403,
                        "wrong-code",
                        "The code is wrong or has been used. The panel prints a new one at every start without users.",
                        Optional.of("code"),
                        Map.of()));
    }
}
