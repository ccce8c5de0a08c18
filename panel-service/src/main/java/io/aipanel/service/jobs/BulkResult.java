package io.aipanel.service.jobs;

/**
 * What became of the wish to change all jobs that match.
 *
 * @param changed how many were changed
 * @param skipped how many could not be, because another job has their unique key now
 */
public record BulkResult(long changed, long skipped) {}
