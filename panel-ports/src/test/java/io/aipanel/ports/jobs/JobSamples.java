package io.aipanel.ports.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Jobs and workers to test with. */
public final class JobSamples {

    /** The type of sample jobs. */
    public static final JobType WORK = new JobType("work");

    /** How long sample workers hold a job. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    private JobSamples() {}

    /** A job of the type {@link #WORK} that can run at once. */
    public static NewJob work() {
        return NewJob.of(WORK.value());
    }

    /** Adds one job that must be new. */
    public static JobId enqueue(JobQueueRepository jobs, NewJob job) {
        List<Enqueued> answers = jobs.enqueue(List.of(job));
        assertThat(answers).as("one answer per job").hasSize(1);
        assertThat(answers.get(0).isNew()).as("the job is new").isTrue();
        return answers.get(0).id();
    }

    /** A worker's wish for jobs of the type {@link #WORK} in the default queue. */
    public static ClaimRequest request(int max) {
        return new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), max, LEASE, "worker");
    }

    /** Takes the one job that can be taken. */
    public static ClaimedJob claimOne(JobQueueRepository jobs) {
        List<ClaimedJob> claimed = jobs.claim(request(2));
        assertThat(claimed).as("one job can be taken").hasSize(1);
        return claimed.get(0);
    }

    /** The ids of jobs that were taken. */
    public static List<JobId> ids(List<ClaimedJob> claimed) {
        return claimed.stream().map(each -> each.job().id()).toList();
    }

    /** A job that must be there. */
    public static Job job(JobQueueRepository jobs, JobId id) {
        return jobs.job(id).orElseThrow(() -> new AssertionError("job " + id + " is there"));
    }
}
