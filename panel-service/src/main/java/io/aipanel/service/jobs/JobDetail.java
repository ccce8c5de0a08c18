package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobLog;
import java.util.List;

/**
 * Everything about a job.
 *
 * @param job the job
 * @param failures how its attempts failed, the first one first
 * @param log what its attempts have written
 * @param hasHandler whether a worker is there, in whatever process, that handles its type in its queue; a pending job
 *     without one waits until there is one
 */
public record JobDetail(Job job, List<JobFailure> failures, JobLog log, boolean hasHandler) {

    /** Keeps its own copy of the list. */
    public JobDetail {
        failures = List.copyOf(failures);
    }
}
