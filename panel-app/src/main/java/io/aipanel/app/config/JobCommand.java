package io.aipanel.app.config;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program that handles the jobs of a type. */
public final class JobCommand {

    private final JobType type;
    private final Entry program;
    private final QueueName queue;
    private final Duration timeout;

    /**
     * @param type of the jobs
     * @param program the entry that names it, with an absolute path
     * @param queue in which queue it handles them
     * @param timeout how long it may take for one job
     */
    JobCommand(JobType type, Entry program, QueueName queue, Duration timeout) {
        this.type = type;
        this.program = program;
        this.queue = queue;
        this.timeout = timeout;
    }

    /** The type of the jobs. */
    public JobType type() {
        return type;
    }

    /** The program, as an absolute path. */
    public Path program() {
        return Path.of(program.value());
    }

    /** In which queue it handles them. */
    public QueueName queue() {
        return queue;
    }

    /** How long it may take for one job. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Requires that the program can be run by this user. Not asked of those who only look: they may be others.
     *
     * @throws ConfigurationException if it is not there, or not executable
     */
    public void requireExecutable() {
        if (!Files.isRegularFile(program())) {
            throw refused("must name a program that exists");
        }
        if (!Files.isExecutable(program())) {
            throw refused("must name a program that this user may execute: chmod +x " + program());
        }
    }

    /**
     * The refusal of this command.
     *
     * @param rule what would be valid, as the end of a sentence that starts with the key
     */
    public ConfigurationException refused(String rule) {
        return program.refused(rule);
    }
}
