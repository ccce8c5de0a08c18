package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.OutboxRelay.Relayed;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that the last release has written, with jobs in every state. They are made from that release's own change logs,
 * which stand beside this test; that the same changes are still in today's is seen from their checksums.
 */
final class LastReleaseTest {

    private static final QueueName QUEUE = QueueName.DEFAULT;

    @TempDir
    Path directory;

    @BeforeEach
    void writeAsTheLastReleaseDid() throws SQLException {
        List<StoreFile> files = new StorageDirectory(directory).prepare();
        Released.write(files.get(StoreName.PANEL.ordinal()), "panel-0007.sql", """
                INSERT INTO job_outbox
                    (seq, effect_id, type, queue, payload, priority, run_at, unique_key, max_attempts, first_delay, max_delay)
                VALUES (5, '0190163d-8694-739b-aea5-966c26f8ad91', 'mail', 'default', '{"n":5}', 3, NULL, 'mail 5', 5,
                    10000000, 3600000000)""");
        Released.write(
                files.get(StoreName.QUEUE.ordinal()),
                "queue-0003.sql",
                """
                INSERT INTO jobs
                    (id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
                     created_at, run_at, started_at, worker, last_error, token, lease_until)
                VALUES
                    (3, 'mail', 'default', '{"n":3}', 0, 'mail 3', 5, 10000000, 3600000000, 'pending', 0, 1000, 1000, NULL,
                     NULL, NULL, 0, NULL),
                    (4, 'mail', 'default', '{"n":4}', 9, NULL, 1, 0, 0, 'pending', 2, 1000, 2000, 1500, 'one', 'no luck', 2,
                     NULL),
                    (6, 'mail', 'default', '{"n":6}', 0, NULL, 5, 0, 0, 'running', 1, 1000, 1000, 3000, 'two', NULL, 7,
                     4102444800000000),
                    (11, 'mail', 'other', '{"n":11}', 0, NULL, 5, 0, 0, 'pending', 0, 1000, 1000, NULL, NULL, NULL, 0, NULL)
                """,
                """
                INSERT INTO finished_jobs
                    (id, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
                     created_at, run_at, started_at, finished_at, worker, last_error, result, token)
                VALUES
                    (1, 'mail', 'default', '{"n":1}', 0, 'mail 1', 5, 0, 0, 'completed', 1, 1000, 1000, 2000, 3000, 'one',
                     NULL, '{ "ok" : true}', 1),
                    (2, 'mail', 'default', '{"n":2}', 0, NULL, 5, 0, 0, 'dead-letter', 5, 1000, 1000, 2000, 3000, 'one',
                     'never', NULL, 5),
                    (5, 'scan', 'gone', '{"n":5}', 1, NULL, 5, 0, 0, 'cancelled', 0, 1000, 1000, NULL, 3000, NULL, NULL,
                     NULL, 0)
                """,
                "DELETE FROM jobs WHERE id = 11",
                "INSERT INTO delivered VALUES ('0190163d-8694-739b-aea5-966c26f8ad90')");
    }

    @Test
    void everyJobIsStillThere() {
        try (Storage storage = open()) {
            List<Job> jobs =
                    storage.jobs().jobs(JobFilter.ALL, PageRequest.first(100)).items();

            assertThat(jobs)
                    .extracting(job -> job.id().value() + " " + job.queue() + " "
                            + job.state().wireName() + " " + job.payload().value())
                    .containsExactly(
                            "6 default running {\"n\":6}",
                            "5 gone cancelled {\"n\":5}",
                            "4 default pending {\"n\":4}",
                            "3 default pending {\"n\":3}",
                            "2 default dead-letter {\"n\":2}",
                            "1 default completed {\"n\":1}");
            assertThat(jobs.get(2).retry()).contains(RetryPolicy.NEVER);
            assertThat(jobs.get(2).lastError()).contains("no luck");
            assertThat(jobs.get(5).result())
                    .hasValueSatisfying(result -> assertThat(result.value()).isEqualTo("{ \"ok\" : true}"));
            assertThat(storage.jobs().counts())
                    .extracting(counts -> counts.queue().value() + counts.jobs())
                    .containsExactly(
                            "default{PENDING=2, RUNNING=1, COMPLETED=1, DEAD_LETTER=1, CANCELLED=0}",
                            "gone{PENDING=0, RUNNING=0, COMPLETED=0, DEAD_LETTER=0, CANCELLED=1}");
            assertThat(storage.check()).isEmpty();
        }
    }

    @Test
    void theirLifeGoesOn() {
        try (Storage storage = open()) {
            JobQueueRepository jobs = storage.jobs();

            assertThat(jobs.finish(List.of(new JobEnd.Completed(new Lease(new JobId(6), 7), Optional.empty()))))
                    .as("who ran a job before the update may end it after it")
                    .containsExactly(true);
            List<ClaimedJob> claimed = jobs.claim(
                    new ClaimRequest(QUEUE, Set.of(new JobType("mail")), 10, Duration.ofMinutes(1), "worker"));
            assertThat(claimed)
                    .extracting(
                            one -> one.job().id().value() + "/" + one.lease().token())
                    .containsExactly("4/3", "3/1");
            assertThat(jobs.retry(new JobId(2))).isEqualTo(JobChange.DONE);
            assertThat(jobs.enqueue(List.of(NewJob.of("mail").uniqueKey("mail 3"), NewJob.of("mail"))))
                    .as("keys are taken still, and no id is given twice")
                    .containsExactly(new Enqueued(new JobId(3), false), new Enqueued(new JobId(12), true));
            assertThat(jobs.jobs(JobFilter.ALL.state(JobState.COMPLETED), PageRequest.first(10))
                            .items())
                    .extracting(job -> job.id().value())
                    .containsExactly(6L, 1L);
        }
    }

    @Test
    void aJobThatWaitedInTheOutboxIsDelivered() {
        try (Storage storage = open()) {
            assertThat(storage.outbox().relay(10)).isEqualTo(new Relayed(1, List.of()));

            assertThat(storage.jobs()
                            .jobs(JobFilter.ALL.uniqueKey("mail 5"), PageRequest.first(10))
                            .items())
                    .singleElement()
                    .satisfies(job -> {
                        assertThat(job.payload().value()).isEqualTo("{\"n\":5}");
                        assertThat(job.retry()).contains(RetryPolicy.DEFAULT);
                    });
        }
    }

    private Storage open() {
        return new SqliteStorageProvider().open(StorageOptions.of("sqlite:" + directory));
    }
}
