package io.aipanel.app.config;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import java.time.Duration;

/**
 * A program that handles the jobs of a type.
 *
 * @param type of the jobs
 * @param program which one
 * @param queue in which queue it handles them
 * @param timeout how long it may take for one job
 */
public record JobCommand(JobType type, ConfiguredProgram program, QueueName queue, Duration timeout) {}
