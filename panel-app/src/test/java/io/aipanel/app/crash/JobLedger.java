package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What enqueuers and workers have told, compared with what the store holds. An attempt is a lease: whoever claims a job
 * gets a new token and counts one attempt, so what is told of an attempt is told by the holder of its lease.
 */
final class JobLedger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<Long> acknowledged = new HashSet<>();
    private final Map<Attempt, String> started = new HashMap<>();
    private final Map<Attempt, String> ended = new HashMap<>();
    private long lostWorkers;
    private long completed;

    private record Attempt(long job, int number) {}

    /** What the checks came to, for people. */
    String summary() {
        return acknowledged.size() + " acknowledged jobs, " + completed + " completed, " + started.size()
                + " attempts begun, " + lostWorkers + " lost with their worker";
    }

    /** Takes in the lines of a process. */
    void add(List<String> lines) {
        for (String line : lines) {
            // The name of a worker has spaces in it.
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "job" -> acknowledged.add(Long.parseLong(words[1]));
                case "start" ->
                    assertThat(started.putIfAbsent(attempt(words), words[3]))
                            .as("who else has begun the attempt of %s", line)
                            .isNull();
                case "end" -> ended.put(attempt(words), words[3]);
                default -> {}
            }
        }
    }

    private static Attempt attempt(String... words) {
        return new Attempt(Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }

    /** Requires, while nobody works, that no two waiting or running jobs have the same unique key. */
    void requireUniqueKeys(Storage storage) {
        Set<String> keys = new HashSet<>();
        for (JobState state : List.of(JobState.PENDING, JobState.RUNNING)) {
            each(
                    storage,
                    JobFilter.ALL.state(state),
                    job -> job.uniqueKey()
                            .ifPresent(key -> assertThat(keys.add(job.queue() + " " + job.type() + " " + key))
                                    .as("job %s is the only one with the key %s", job.id(), key)
                                    .isTrue()));
        }
    }

    /** Requires, after all jobs that somebody handles have ended, that everything adds up. */
    void requireEverything(Storage storage) {
        Set<Long> found = new HashSet<>();
        each(storage, JobFilter.ALL.queue(QueueName.DEFAULT), job -> {
            found.add(job.id().value());
            requireWhole(job, storage.jobs().failures(job.id()));
        });
        each(storage, JobFilter.ALL.queue(new QueueName(JobEnqueuer.NOBODYS)), job -> {
            found.add(job.id().value());
            assertThat(job.state())
                    .as("the state of job %s, which nobody handles", job.id())
                    .isEqualTo(JobState.PENDING);
            assertThat(job.attempt()).as("attempts of job %s", job.id()).isZero();
        });
        assertThat(found).as("jobs that are there").containsAll(acknowledged);
        assertThat(storage.check()).as("damage").isEmpty();
    }

    private void requireWhole(Job job, List<JobFailure> failures) {
        assertThat(failures)
                .as("the failures of job %s", job.id())
                .extracting(JobFailure::attempt)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, failures.size()).boxed().toList());
        for (JobFailure failure : failures) {
            requireFailed(job, failure);
        }
        boolean mustFail = job.type().equals(new JobType(JobWorker.FAILING));
        assertThat(job.state())
                .as("the end of job %s (%s)", job.id(), job.type())
                .isEqualTo(mustFail ? JobState.DEAD_LETTER : JobState.COMPLETED);
        if (mustFail) {
            assertThat(job.attempt()).as("attempts of dead job %s", job.id()).isEqualTo(failures.size());
            assertThat(job.attempt())
                    .as("attempts of dead job %s", job.id())
                    .isGreaterThanOrEqualTo(JobWorker.ATTEMPTS);
            assertThat(failures.get(failures.size() - 1).error())
                    .as("the last failure of job %s: that a worker is lost does not make a dead letter", job.id())
                    .isNotEqualTo(JobError.LEASE_ENDED);
        } else {
            assertThat(job.attempt()).as("attempts of job %s", job.id()).isEqualTo(failures.size() + 1);
            requireCompleted(job);
        }
        assertThat(started)
                .as("a later attempt than the last of job %s", job.id())
                .doesNotContainKey(new Attempt(job.id().value(), job.attempt() + 1));
    }

    /** An attempt fails because its handler says so, who must then have begun, or because its worker is lost. */
    private void requireFailed(Job job, JobFailure failure) {
        Attempt attempt = new Attempt(job.id().value(), failure.attempt());
        if (failure.error().equals(JobError.LEASE_ENDED)) {
            lostWorkers++;
            // It may have been claimed and never begun, but nobody else can have begun it.
            assertThat(started.getOrDefault(attempt, failure.worker()))
                    .as("who began %s, which was lost", attempt)
                    .isEqualTo(failure.worker());
        } else {
            assertThat(started.get(attempt))
                    .as("who began %s, which failed", attempt)
                    .isEqualTo(failure.worker());
        }
    }

    /** The completion that was accepted is the last attempt's, by the worker that had its lease. */
    private void requireCompleted(Job job) {
        completed++;
        JsonNode result = parse(job.result().orElseThrow().value());
        Attempt last = new Attempt(job.id().value(), job.attempt());
        assertThat(result.get("attempt").asInt())
                .as("the attempt whose completion of job %s was accepted", job.id())
                .isEqualTo(job.attempt());
        assertThat(ended.get(last))
                .as("who completed %s", last)
                .isEqualTo(job.worker().orElseThrow());
        assertThat(started.get(last))
                .as("who began %s", last)
                .isEqualTo(job.worker().orElseThrow());
        assertThat(result.get("worker").asText())
                .as("the worker of %s", last)
                .isEqualTo(job.worker().orElseThrow());
    }

    private static void each(Storage storage, JobFilter filter, Consumer<Job> check) {
        Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
        while (next.isPresent()) {
            PageRequest request = next.get();
            Page<Job> page = storage.jobs().jobs(filter, request);
            page.items().forEach(check);
            next = page.next().map(request::after);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
