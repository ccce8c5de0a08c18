package io.aipanel.domain.jobs;

import java.time.Instant;

/**
 * A job that a worker has taken.
 *
 * @param job the job, in state {@link JobState#RUNNING}, its attempt already counted
 * @param lease what to show when it is done
 * @param leaseUntil when the lease ends unless it is extended, by the store's clock
 */
public record ClaimedJob(Job job, Lease lease, Instant leaseUntil) {}
