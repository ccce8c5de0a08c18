package io.aipanel.service.jobs;

import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at a job: runs its handler on the present thread and judges how that ended. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private Attempt() {}

    static JobEnd make(RunningJob job, Handler handler) {
        long began = System.nanoTime();
        handler.meters().started(job);
        Optional<Throwable> thrown = run(job, handler.code());
        JobEnd end = thrown.map(failure -> failed(job, handler, failure))
                .orElseGet(() -> new JobEnd.Completed(job.lease(), job.result()));
        handler.meters().ended(end, System.nanoTime() - began);
        return end;
    }

    /** The end of an attempt whose handler goes on although it was told to stop. */
    static JobEnd abandoned(RunningJob job, Handler handler) {
        LOG.error(
                "The handler of job {} ({}) was told to stop and did not: its thread is left to itself and replaced",
                job.job().id(),
                job.job().type());
        return failed(job, handler, new IllegalStateException("its handler did not stop when it was told to"));
    }

    private static Optional<Throwable> run(RunningJob job, JobHandler code) {
        job.begin();
        try {
            code.run(job);
            return Optional.empty();
        } catch (Throwable e) { // whatever a handler throws is the end of an attempt, never of the worker
            return Optional.of(e);
        } finally {
            job.end();
        }
    }

    private static JobEnd failed(RunningJob job, Handler handler, Throwable thrown) {
        RunningJob.Stop stop = job.stopped().orElse(null);
        if (stop == RunningJob.Stop.CLOSING) {
            return new JobEnd.Released(job.lease());
        }
        if (stop == RunningJob.Stop.CANCELLED) {
            // The store knows that the job is being cancelled, and ends it whatever the delay.
            LOG.info("Job {} ({}) was cancelled", job.job().id(), job.job().type());
            return new JobEnd.Failed(job.lease(), Errors.of(thrown), Optional.of(Duration.ZERO));
        }
        JobError error = stop == RunningJob.Stop.TIMED_OUT
                ? new JobError(
                        "timeout",
                        "took longer than " + handler.options().timeout().orElseThrow(),
                        Errors.of(thrown).trace())
                : Errors.of(thrown);
        Optional<Duration> retryAfter = retryAfter(job.job(), handler.options().retry());
        LOG.warn(
                "Attempt {} of job {} ({}) failed, {}: {}",
                job.attempt(),
                job.job().id(),
                job.job().type(),
                retryAfter.map(wait -> "the next is in " + wait).orElse("and was the last"),
                error.summary());
        return new JobEnd.Failed(job.lease(), error, retryAfter);
    }

    private static Optional<Duration> retryAfter(Job job, RetryPolicy ofItsType) {
        RetryPolicy policy = job.retry().orElse(ofItsType);
        int attempt = job.countingAttempt();
        return attempt < policy.maxAttempts()
                ? Optional.of(
                        policy.delayAfter(attempt, ThreadLocalRandom.current().nextDouble()))
                : Optional.empty();
    }
}
