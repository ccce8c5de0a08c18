package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;

/** All jobs of a queue that differ only in time and arrival. */
record Lane(QueueName queue, JobType type, int priority) {}
