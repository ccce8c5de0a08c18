package io.aipanel.app.jobs;

import picocli.CommandLine.Command;

/** The commands about jobs. */
@Command(
        name = "jobs",
        description = "Enqueue jobs and see what became of them.",
        subcommands = {JobsEnqueueCommand.class, JobsListCommand.class, JobsShowCommand.class, JobsStatsCommand.class})
public final class JobsCommand {}
