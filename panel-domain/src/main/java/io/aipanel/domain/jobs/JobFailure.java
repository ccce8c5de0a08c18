package io.aipanel.domain.jobs;

import java.time.Instant;

/**
 * An attempt that failed.
 *
 * @param attempt which attempt, from 1
 * @param startedAt when it began
 * @param endedAt when it ended; for one whose worker was lost, when that was noticed
 * @param worker who made it
 * @param error why it failed
 */
public record JobFailure(int attempt, Instant startedAt, Instant endedAt, String worker, JobError error) {}
