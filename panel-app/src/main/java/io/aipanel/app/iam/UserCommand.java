package io.aipanel.app.iam;

import picocli.CommandLine.Command;

/** The commands about users. */
@Command(
        name = "user",
        description = "Add users, list them, lock them out and let them in again.",
        subcommands = {
            UserAddCommand.class,
            UserListCommand.class,
            UserDisableCommand.class,
            UserEnableCommand.class,
            UserResetPasswordCommand.class
        })
public final class UserCommand {}
