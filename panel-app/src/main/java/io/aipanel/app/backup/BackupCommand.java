package io.aipanel.app.backup;

import picocli.CommandLine.Command;

/** The commands about backups. */
@Command(
        name = "backup",
        description = "Make backups while the panel works, check them, copy them, and remove old ones.",
        subcommands = {
            BackupCreateCommand.class,
            BackupListCommand.class,
            BackupVerifyCommand.class,
            BackupPruneCommand.class,
            BackupCopyCommand.class,
            BackupUnpackCommand.class,
            BackupKeyCommand.class
        })
public final class BackupCommand {}
