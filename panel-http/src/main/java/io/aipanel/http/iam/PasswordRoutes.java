package io.aipanel.http.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.UserId;
import io.aipanel.http.web.Call;
import io.aipanel.http.web.Method;
import io.aipanel.http.web.Refusal;
import io.aipanel.http.web.Reply;
import io.aipanel.http.web.Route;
import io.aipanel.http.web.Rule;
import io.aipanel.http.web.Schema;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.LogInResult;
import io.aipanel.service.iam.TooManyAttempts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changing one's own password, and giving somebody else a new one. */
public final class PasswordRoutes {

    private static final Schema OWN = Schema.object("PasswordChange")
            .required("currentPassword", Schema.text("password"), "The present password")
            .required("newPassword", Schema.text("password"), "At least 8 characters")
            .build();

    private static final Schema RESET = Schema.object("PasswordReset")
            .required("password", Schema.text("password"), "At least 8 characters")
            .build();

    private final Panel panel;

    /** @param panel what is served */
    public PasswordRoutes(Panel panel) {
        this.panel = panel;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.api(Method.PUT, "/password", "user.change-password", Rule.SIGNED_IN)
                        .summary("Change one's own password, and log out every other browser")
                        .takes(OWN)
                        .answers(204)
                        .handledBy(this::change),
                Route.api(Method.PUT, "/users/{id}/password", "user.reset-password", UserRoutes.CHANGE)
                        .summary("Give a user a new password, and log the user out everywhere")
                        .takes(RESET)
                        .answers(204)
                        .handledBy(this::reset));
    }

    private Reply change(Call call) {
        if (!changed(call)) {
            throw new Refusal(
                    403, "wrong-password", "The present password is wrong.", Optional.of("currentPassword"), Map.of());
        }
        return Reply.done();
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

    private Reply reset(Call call) {
        UserId id = call.id("id", "user", UserId::parse);
        panel.users().resetPassword(call.actor(), id, new Secret(call.body().text("password")));
        return Reply.done();
    }
}
