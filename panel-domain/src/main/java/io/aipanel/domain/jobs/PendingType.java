package io.aipanel.domain.jobs;

/**
 * How many jobs of a type wait in a queue.
 *
 * @param queue the queue
 * @param type the type
 * @param pending how many are pending, 1 or more
 */
public record PendingType(QueueName queue, JobType type, long pending) {}
