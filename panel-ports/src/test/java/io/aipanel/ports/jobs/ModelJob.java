package io.aipanel.ports.jobs;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** A job of {@link QueueModel}. Times count from the beginning of the test. */
final class ModelJob {

    /** Highest priority, then earliest time, then lowest id. */
    static final Comparator<ModelJob> ORDER = Comparator.comparing((ModelJob job) -> -job.spec.priority())
            .thenComparing(job -> job.runAt)
            .thenComparing(job -> job.id);

    final JobId id;
    final NewJob spec;
    JobState state = JobState.PENDING;
    int attempt;
    int earlierAttempts;
    int failures;
    boolean cancelRequested;
    Duration runAt;
    Duration leaseUntil = Duration.ZERO;

    ModelJob(JobId id, NewJob spec, Duration now) {
        this.id = id;
        this.spec = spec;
        this.runAt = now.plus(spec.delay().orElse(Duration.ZERO));
    }

    Optional<String> concurrencyKey() {
        return spec.concurrencyKey();
    }

    boolean isRunning() {
        return state == JobState.RUNNING;
    }

    boolean isAbandoned(Duration now) {
        return isRunning() && leaseUntil.compareTo(now) <= 0;
    }

    boolean isDue(Duration now) {
        return state == JobState.PENDING && runAt.compareTo(now) <= 0;
    }

    void start(Duration now, Duration lease) {
        if (isRunning()) {
            failures++;
        }
        state = JobState.RUNNING;
        attempt++;
        leaseUntil = now.plus(lease);
    }

    /** Makes it pending again, unless somebody has asked for its end. */
    void comeBack(Duration at) {
        state = cancelRequested ? JobState.CANCELLED : JobState.PENDING;
        runAt = at;
    }

    /** Makes it pending again after it had ended. */
    void requeue(Duration now) {
        state = JobState.PENDING;
        earlierAttempts = attempt;
        cancelRequested = false;
        runAt = now;
    }

    @Override
    public String toString() {
        return state.wireName() + " attempt " + attempt + " (" + earlierAttempts + " earlier, " + failures + " failed)"
                + (cancelRequested && isRunning() ? " to stop" : "");
    }
}
