package io.aipanel.http.jobs;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads jobs that somebody wants enqueued, now or by a schedule. */
final class NewJobs {

    /** A job that a schedule enqueues: the schedule says when. */
    static final Schema.ObjectOf SCHEDULED =
            common(Schema.object("NewScheduledJob")).build();

    /** A job that is enqueued now. */
    static final Schema.ObjectOf JOB = common(Schema.object("NewJob"))
            .nullable("runAt", Schema.time(), "Not before this time; null for at once")
            .nullable("delay", Schema.duration(), "Not before this long from now, at most 365 days; null for at once")
            .build();

    private NewJobs() {}

    private static Schema.ObjectBuilder common(Schema.ObjectBuilder object) {
        return object.required("type", Schema.text(), "What kind of work it is")
                .optional("queue", Schema.text(), "Where it waits; \"default\" if it is not given")
                .optional(
                        "payload", Schema.anyJson(), "What the handler gets, kept to the letter; {} if it is not given")
                .optional(
                        "priority", Schema.wholeNumber(), "-1000 to 1000; higher ones run first; 0 if it is not given")
                .nullable(
                        "uniqueKey",
                        Schema.text(),
                        "What must not wait or run twice in a queue and type; null for no rule")
                .nullable(
                        "uniqueFor",
                        Schema.duration(),
                        "How long the job keeps its unique key, even if it ends before; null for until it ends")
                .nullable(
                        "concurrencyKey",
                        Schema.text(),
                        "Of the jobs of a queue with this key only so many run at once as the queue's maxRunningPerKey"
                                + " says; null for no rule")
                .nullable(
                        "maxAttempts",
                        Schema.wholeNumber(),
                        "How often it is tried in all, 1 to 1000; null, with the two delays, to leave that to its handler")
                .nullable("firstDelay", Schema.duration(), "The delay after the first failure; it doubles each time")
                .nullable("maxDelay", Schema.duration(), "The longest delay between two attempts, at most 7 days");
    }

    /**
     * Reads a job that is enqueued now.
     *
     * @throws io.aipanel.domain.InvalidValueException if a value is out of range
     */
    static NewJob job(Body body) {
        return of(body, body.optional("runAt", Fields::time), body.optional("delay", Fields::duration));
    }

    /**
     * Reads a job that a schedule enqueues.
     *
     * @throws io.aipanel.domain.InvalidValueException if a value is out of range
     */
    static NewJob scheduled(Body body) {
        return of(body, Optional.empty(), Optional.empty());
    }

    private static NewJob of(Body body, Optional<Instant> runAt, Optional<Duration> delay) {
        return new NewJob(
                body.value("type", JobType::new),
                body.optional("queue", QueueName::new).orElse(QueueName.DEFAULT),
                body.json("payload").orElse(JsonText.EMPTY_OBJECT),
                body.number("priority").orElse(0),
                runAt,
                delay,
                body.optionalText("uniqueKey"),
                body.optional("uniqueFor", Fields::duration),
                body.optionalText("concurrencyKey"),
                retry(body));
    }

    /** What is not given is as in the usual policy. */
    private static Optional<RetryPolicy> retry(Body body) {
        Optional<Integer> maxAttempts = body.number("maxAttempts");
        Optional<Duration> firstDelay = body.optional("firstDelay", Fields::duration);
        Optional<Duration> maxDelay = body.optional("maxDelay", Fields::duration);
        if (maxAttempts.isEmpty() && firstDelay.isEmpty() && maxDelay.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(RetryPolicy.DEFAULT.with(maxAttempts, firstDelay, maxDelay));
    }
}
