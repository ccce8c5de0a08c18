package io.aipanel.domain.jobs;

import java.util.Optional;

/**
 * The answer to somebody who wants many jobs cancelled or tried again, a part at a time.
 *
 * @param changed how many jobs of this part were changed
 * @param skipped how many could not be: another job has their unique key now
 * @param last the last job that was looked at, to go on after; empty if no job is left
 */
public record BulkChange(int changed, int skipped, Optional<JobId> last) {}
