package io.aipanel.domain.jobs;

/**
 * The right to finish a job: whoever shows an older token than the last one that was given is refused (fencing).
 *
 * @param jobId the job
 * @param token grows with every claim of the job
 */
public record Lease(JobId jobId, long token) {}
