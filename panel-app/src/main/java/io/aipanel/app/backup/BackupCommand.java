package io.aipanel.app.backup;

import picocli.CommandLine.Command;

/** The commands about backups. */
@Command(
        name = "backup",
        description = "Make backups while the panel works, check them, restore one, copy them, and remove old ones.",
        subcommands = {
            BackupCreateCommand.class,
            BackupListCommand.class,
            BackupVerifyCommand.class,
            BackupRestoreCommand.class,
            BackupPruneCommand.class,
            BackupCopyCommand.class,
            BackupKeyCommand.class
        })
public final class BackupCommand {}
