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

@Command(name = "disable", description = "Lock a user out, and end the user's sessions.")
final class UserDisableCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private UserArgument argument = new UserArgument();

    UserDisableCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.answerWithPanel(panel -> {
            User user = argument.find(panel, invocation.actor());
            UserChange change = UserChange.status(UserStatus.DISABLED);
            User changed = panel.users().change(invocation.actor(), user.id(), change, Optional.empty());
            return Answer.of(UserView.json(changed), changed.email() + " is locked out.");
        });
    }
}
