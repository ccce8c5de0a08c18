package io.aipanel.app.jobs;

import picocli.CommandLine.Command;

/** The commands about queues. */
@Command(
        name = "queues",
        description = "See how queues are, pause and limit them.",
        subcommands = {
            QueuesListCommand.class,
            QueuesPauseCommand.class,
            QueuesResumeCommand.class,
            QueuesLimitCommand.class
        })
public final class QueuesCommand {}
