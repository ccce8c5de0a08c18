package io.aipanel.app.jobs;

import picocli.CommandLine.Command;

/** The commands about jobs. */
@Command(
        name = "jobs",
        description = "Enqueue jobs, see what became of them, cancel them and have them tried again.",
        subcommands = {
            JobsEnqueueCommand.class,
            JobsListCommand.class,
            JobsShowCommand.class,
            JobsRetryCommand.class,
            JobsCancelCommand.class,
            JobsStatsCommand.class
        })
public final class JobsCommand {}
