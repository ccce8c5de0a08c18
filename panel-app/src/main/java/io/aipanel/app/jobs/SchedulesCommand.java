package io.aipanel.app.jobs;

import picocli.CommandLine.Command;

/** The commands about schedules. */
@Command(
        name = "schedules",
        description = "Have jobs enqueued again and again.",
        subcommands = {SchedulesListCommand.class, SchedulesAddCommand.class, SchedulesRemoveCommand.class})
public final class SchedulesCommand {}
