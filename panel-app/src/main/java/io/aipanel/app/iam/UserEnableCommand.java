package io.aipanel.app.iam;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.service.iam.UserChange;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "enable", description = "Let a locked-out user in again.")
final class UserEnableCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private UserArgument argument = new UserArgument();

    UserEnableCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            User user = argument.find(panel, invocation.actor());
            UserChange change = UserChange.status(UserStatus.ACTIVE);
            User changed = panel.users().change(invocation.actor(), user.id(), change, Optional.empty());
            return Answer.of(UserView.json(changed), changed.email() + " may log in.");
        });
    }
}
