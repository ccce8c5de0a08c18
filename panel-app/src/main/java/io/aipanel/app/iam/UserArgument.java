package io.aipanel.app.iam;

import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.service.NotFound;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Actor;
import picocli.CommandLine.Parameters;

/** The user that a command is about. */
final class UserArgument {

    @Parameters(paramLabel = "EMAIL", description = "The user's address")
    private String email = "";

    User find(Panel panel, Actor actor) {
        EmailAddress address = new EmailAddress(email);
        return panel.users().findByEmail(actor, address).orElseThrow(() -> new NotFound("user " + address));
    }
}
