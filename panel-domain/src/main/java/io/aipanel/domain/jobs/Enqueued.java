package io.aipanel.domain.jobs;

/**
 * The answer to an enqueue.
 *
 * @param id the job that now stands for the request
 * @param isNew whether it was added; {@code false} if a job with the same unique key was already there
 */
public record Enqueued(JobId id, boolean isNew) {}
