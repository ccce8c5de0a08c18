package io.aipanel.app.iam;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.PasswordSource;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.iam.Passwords;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Add a user who may log in.")
final class UserAddCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "EMAIL", description = "The address to log in with")
    private String email = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What the user may do: admin, operator, auditor, user or a role of your own; may be repeated")
    private List<String> roles = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "How the user is called (default: the address up to the @)")
    private Optional<String> name = Optional.empty();

    @Mixin
    private PasswordSource passwordSource = new PasswordSource();

    UserAddCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        EmailAddress address = new EmailAddress(email);
        Secret password = Passwords.requireAcceptable(passwordSource.read(invocation.terminal()));
        return invocation.answerWithPanel(panel -> {
            String displayName = name.orElseGet(
                    () -> address.value().substring(0, address.value().indexOf('@')));
            User user = panel.users()
                    .add(invocation.actor(), new NewUser(address, displayName, existingRoles(panel), password));
            return Answer.of(UserView.json(user), "Added " + user.email() + " (" + user.id() + ").");
        });
    }

    private Set<RoleName> existingRoles(Panel panel) {
        List<RoleName> known =
                panel.roles().list(invocation.actor()).stream().map(Role::name).toList();
        Set<RoleName> wanted = new LinkedHashSet<>();
        for (String role : roles) {
            wanted.add(Choice.of("--role", role, known, RoleName::value));
        }
        return wanted;
    }
}
