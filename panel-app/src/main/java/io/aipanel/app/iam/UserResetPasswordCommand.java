package io.aipanel.app.iam;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.PasswordSource;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.User;
import io.aipanel.service.iam.Passwords;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "reset-password", description = "Give a user a new password, and end the user's sessions.")
final class UserResetPasswordCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private UserArgument argument = new UserArgument();

    @Mixin
    private PasswordSource passwordSource = new PasswordSource();

    UserResetPasswordCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Secret password = Passwords.requireAcceptable(passwordSource.read(invocation.terminal()));
        return invocation.answerWithPanel(panel -> {
            User user = argument.find(panel, invocation.actor());
            panel.users().resetPassword(invocation.actor(), user.id(), password);
            User changed = argument.find(panel, invocation.actor());
            return Answer.of(
                    UserView.json(changed), changed.email() + " has a new password and is logged out everywhere.");
        });
    }
}
