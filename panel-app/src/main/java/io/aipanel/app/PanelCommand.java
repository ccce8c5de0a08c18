package io.aipanel.app;

import io.aipanel.app.audit.AuditCommand;
import io.aipanel.app.backup.BackupCommand;
import io.aipanel.app.capacity.CapacityCommand;
import io.aipanel.app.cli.GlobalOptions;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.iam.UserCommand;
import io.aipanel.app.jobs.JobsCommand;
import io.aipanel.app.jobs.QueuesCommand;
import io.aipanel.app.jobs.SchedulesCommand;
import io.aipanel.app.serve.ServeCommand;
import io.aipanel.app.storage.DoctorCommand;
import io.aipanel.app.storage.StorageCommand;
import io.aipanel.app.versions.VersionsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program as a whole: its commands and the options that all of them take. */
@Command(
        name = "panel",
        description = "The part of a hosting panel that remembers.",
        subcommands = {
            ServeCommand.class,
            UserCommand.class,
            JobsCommand.class,
            QueuesCommand.class,
            SchedulesCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            CapacityCommand.class,
            VersionsCommand.class,
            StorageCommand.class,
            DoctorCommand.class,
            VersionCommand.class
        })
final class PanelCommand {

    @Mixin
    private final GlobalOptions options;

    PanelCommand(Invocation invocation) {
        this.options = invocation.options();
    }
}
