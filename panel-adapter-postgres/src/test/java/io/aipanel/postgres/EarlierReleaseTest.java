package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the jobs of a database that the release before lanes has left. */
final class EarlierReleaseTest {

    private static final JobType WORK = new JobType("work");

    private final TestServer server = TestServer.shared();
    private final String database = server.emptyDatabase();

    @BeforeEach
    void makeAsItWas(@TempDir Path directory) throws Exception {
        EarlierSchema.make(server, database, directory, "panel", "0008-");
        EarlierSchema.make(server, database, directory, "audit", "9999-");
        EarlierSchema.make(server, database, directory, "queue", "0004-");
        server.execute(database, """
                INSERT INTO queue.jobs (type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay,
                                        state, attempt, created_at, run_at, started_at, worker, last_error, token,
                                        lease_until)
                VALUES ('work', 'default', '{"n": 1}', 0, NULL, 5, 10000000, 3600000000, 'pending', 1,
                        '2026-01-01Z', '2026-01-02Z', '2026-01-01Z', 'old', 'no luck', 3, NULL),
                       ('work', 'default', '2', 7, 'key', 5, 10000000, 3600000000, 'pending', 0,
                        '2026-01-01Z', '2026-01-03Z', NULL, NULL, NULL, 0, NULL),
                       ('work', 'default', '3', 9, NULL, 5, 10000000, 3600000000, 'pending', 0,
                        '2026-01-01Z', '2999-01-01Z', NULL, NULL, NULL, 0, NULL),
                       ('work', 'default', '4', -3, NULL, 5, 10000000, 3600000000, 'running', 2,
                        '2026-01-01Z', '2026-01-01Z', '2026-01-04Z', 'old', NULL, 2, '2999-01-01Z'),
                       ('work', 'default', '5', -3, NULL, 5, 10000000, 3600000000, 'running', 1,
                        '2026-01-01Z', '2026-01-01Z', '2026-01-04Z', 'dead', NULL, 1, '2026-01-05Z');
                INSERT INTO queue.finished_jobs (id, type, queue, payload, priority, max_attempts, first_delay, max_delay,
                                                 state, attempt, created_at, run_at, started_at, finished_at, worker,
                                                 last_error, result, token)
                VALUES (101, 'mail', 'slow', '6', 0, 1, 0, 0, 'completed', 1,
                        '2026-01-01Z', '2026-01-01Z', '2026-01-01Z', '2026-01-01Z', 'old', NULL, '42', 1),
                       (102, 'mail', 'slow', '7', 0, 1, 0, 0, 'dead-letter', 1,
                        '2026-01-01Z', '2026-01-01Z', '2026-01-01Z', '2026-01-01Z', 'old', 'boom', NULL, 1),
                       (103, 'mail', 'slow', '8', 0, 1, 0, 0, 'cancelled', 0,
                        '2026-01-01Z', '2026-01-01Z', NULL, '2026-01-01Z', NULL, NULL, NULL, 0);
                SELECT setval('queue.job_ids', 200);
                INSERT INTO panel.job_outbox (effect_id, type, queue, payload, priority, run_at, unique_key, max_attempts,
                                              first_delay, max_delay)
                VALUES (gen_random_uuid(), 'outbox', 'default', '9', 0, NULL, NULL, 2, 0, 0);
                """);
    }

    @AfterEach
    void drop() {
        server.drop(database);
    }

    @Test
    void everyJobIsStillThere() {
        try (Storage storage = open()) {
            assertThat(storage.jobs()
                            .jobs(JobFilter.ALL, PageRequest.first(100))
                            .items())
                    .extracting(job -> job.payload().value())
                    .containsExactly("8", "7", "6", "5", "4", "3", "2", "{\"n\": 1}");
            Job first = storage.jobs().job(new JobId(1)).orElseThrow();
            assertThat(first.retry()).contains(RetryPolicy.DEFAULT);
            assertThat(first.lastError()).contains("no luck");
            assertThat(first.attempt()).isEqualTo(1);
            assertThat(first.concurrencyKey()).isEmpty();
            assertThat(storage.jobs().job(new JobId(101)).orElseThrow().result())
                    .contains(new JsonText("42"));
            assertThat(storage.jobs().counts())
                    .extracting(counts ->
                            counts.queue().value() + " " + counts.jobs().values())
                    .containsExactly("default [3, 2, 0, 0, 0]", "slow [0, 0, 1, 1, 1]");
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void whatWasPendingIsTakenInOrderAndWhatWasRunningGoesOn() {
        try (Storage storage = open()) {
            assertThat(storage.jobs()
                            .claim(new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), 10, Duration.ofMinutes(1), "new")))
                    .extracting(claimed -> claimed.job().payload().value())
                    .as("by priority; the worker of the last one has died")
                    .containsExactly("2", "{\"n\": 1}", "5");
            assertThat(storage.jobs()
                            .finish(List.of(new JobEnd.Completed(new Lease(new JobId(4), 2), Optional.empty()))))
                    .as("a lease that was given before is good")
                    .containsExactly(true);
        }
    }

    @Test
    void whatHasEndedIsFoundTriedAgainAndPruned() {
        try (Storage storage = open()) {
            assertThat(storage.jobs()
                            .jobs(
                                    JobFilter.ALL.queue(new QueueName("slow")).state(JobState.DEAD_LETTER),
                                    PageRequest.first(9))
                            .items())
                    .extracting(Job::id)
                    .containsExactly(new JobId(102));
            storage.jobs().retry(new JobId(102));
            assertThat(storage.jobs()
                            .claim(new ClaimRequest(
                                    new QueueName("slow"),
                                    Set.of(new JobType("mail")),
                                    9,
                                    Duration.ofMinutes(1),
                                    "new")))
                    .extracting(claimed -> claimed.job().id())
                    .containsExactly(new JobId(102));
            assertThat(storage.jobs().prune(JobState.COMPLETED, Instant.now(), 9))
                    .isEqualTo(1);
        }
    }

    @Test
    void uniqueKeysAreStillTakenAndIdsGoOn() {
        try (Storage storage = open()) {
            assertThat(storage.jobs().enqueue(List.of(NewJob.of("work").uniqueKey("key"), NewJob.of("work"))))
                    .extracting(answer -> answer.id().value() + " " + answer.isNew())
                    .first()
                    .isEqualTo("2 false");
            assertThat(storage.outbox().relay(9).moved()).isEqualTo(1);
            assertThat(storage.jobs()
                            .jobs(JobFilter.ALL.type(new JobType("outbox")), PageRequest.first(9))
                            .items())
                    .extracting(Job::retry)
                    .containsExactly(Optional.of(new RetryPolicy(2, Duration.ZERO, Duration.ZERO)));
        }
    }

    private Storage open() {
        return new PostgresStorageProvider().open(StorageOptions.of(server.url(database)));
    }
}
