package io.aipanel.service.jobs;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * How the jobs of a type are handled.
 *
 * @param queue in which queue
 * @param retry how often and when a job is tried again that has no policy of its own
 * @param timeout how long an attempt may take, 1 second to 30 days: after that its handler is interrupted and the attempt
 *     has failed; empty for no limit
 */
public record HandlerOptions(QueueName queue, RetryPolicy retry, Optional<Duration> timeout) {

    /** The default queue, {@link RetryPolicy#DEFAULT}, no time-out. */
    public static final HandlerOptions DEFAULT =
            new HandlerOptions(QueueName.DEFAULT, RetryPolicy.DEFAULT, Optional.empty());

    /**
     * @throws InvalidValueException if the time-out is out of range
     */
    public HandlerOptions {
        timeout.ifPresent(limit -> {
            if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofDays(30)) > 0) {
                throw new InvalidValueException("timeout", "must be between 1 second and 30 days");
            }
        });
    }

    /** The same in another queue. */
    public HandlerOptions queue(String name) {
        return new HandlerOptions(new QueueName(name), retry, timeout);
    }

    /** The same with another retry policy. */
    public HandlerOptions retry(RetryPolicy policy) {
        return new HandlerOptions(queue, policy, timeout);
    }

    /** The same with a time-out. */
    public HandlerOptions timeout(Duration limit) {
        return new HandlerOptions(queue, retry, Optional.of(limit));
    }
}
