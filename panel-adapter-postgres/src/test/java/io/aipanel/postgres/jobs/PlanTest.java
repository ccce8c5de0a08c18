package io.aipanel.postgres.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.PostgresStorageHarness;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How the server goes about the statements of a job's life, among many jobs that they are not about: pending ones that are
 * due, of another type, of another queue, held back or not due yet, running ones, and finished ones.
 */
final class PlanTest {

    private static final int MAX = 10;
    private static final ClaimRequest REQUEST = new ClaimRequest(
            new QueueName("busy"),
            Set.of(new JobType("work"), new JobType("mail")),
            MAX,
            Duration.ofMinutes(5),
            "test");

    private static final Pattern INDEX_SCAN =
            Pattern.compile("Scan (?:using|on) (jobs_[a-z_]+) .*actual rows=(\\d+)(?:\\.\\d+)? loops=(\\d+)");

    private PostgresStorageHarness harness;
    private QueueStoreHarness mine;

    @BeforeEach
    void fill() throws SQLException {
        harness = PostgresStorageHarness.direct();
        mine = QueueStoreHarness.beside(harness);
        mine.jobs()
                .enqueue(List.of(
                        NewJob.of("work").queue("busy"),
                        NewJob.of("mail").queue("busy"),
                        NewJob.of("other").queue("busy"),
                        NewJob.of("work").queue("idle")));
        run("""
                INSERT INTO queue.jobs (lane, type, queue, payload, priority, concurrency_key, held, state, attempt,
                                        created_at, run_at, started_at, worker, lease_until, token)
                SELECT lanes.id, lanes.type, lanes.queue, '{}', 0, kind.key, kind.held, kind.state, 1,
                       now(), now() + kind.due, now(), 'somebody', CASE WHEN kind.state = 'running' THEN now() + '1 h' END, 1
                FROM queue.lanes, generate_series(1, 5000) AS n, (VALUES
                    ('pending', false, NULL, interval '-1 h'), ('pending', false, NULL, interval '1 d'),
                    ('pending', true, 'key', interval '-1 h'), ('running', false, NULL, interval '-1 h'))
                    AS kind (state, held, key, due)
                """);
        run("""
                INSERT INTO queue.finished_jobs (id, lane, type, queue, payload, priority, state, attempt, created_at,
                                                 run_at, finished_at, token)
                SELECT nextval('queue.job_ids'), lanes.id, lanes.type, lanes.queue, '{}', 0, 'completed', 1, now(), now(),
                       now(), 1
                FROM queue.lanes, generate_series(1, 10000)
                """);
        run("ANALYZE queue.jobs, queue.finished_jobs, queue.lanes");
    }

    @AfterEach
    void close() {
        mine.close();
        harness.close();
    }

    @Test
    void aClaimReadsOnlyWhatItTakes() {
        String plan = explain(Claiming.CLAIM, query -> Claiming.bind(query, REQUEST, Map.of()));

        assertReads(plan, "jobs_pending", 2 * MAX);
        assertReads(plan, "jobs_leased", 0);
        assertReads(plan, "jobs_pkey", MAX);
    }

    @Test
    void whenSomethingIsDueIsReadFromTheFirstEntries() {
        String plan = explain(NextDue.FIRST, query -> Search.bind(query, REQUEST.queue(), REQUEST.types(), Map.of()));

        assertReads(plan, "jobs_pending", 2);
        assertReads(plan, "jobs_leased", 2);
    }

    @Test
    void anEndReadsOnlyItsJob() {
        List<ClaimedJob> claimed = mine.jobs().claim(REQUEST);
        List<Ending> endings = claimed.stream()
                .map(job -> new Ending(job.job().id().value(), job.lease().token(), JobState.COMPLETED, null, null))
                .toList();

        String plan = explain(Ending.COMPLETE_PLAIN, query -> Ending.bind(query, endings));

        assertReads(plan, "jobs_pkey", MAX);
    }

    /** Else it would go through what has ever run, as long as nobody clears that away. */
    @Test
    void anEndReadsOnlyItsJobAlsoIfNothingSeemedToRun() {
        run("DELETE FROM queue.jobs WHERE state = 'running'");
        run("ANALYZE queue.jobs");

        anEndReadsOnlyItsJob();
    }

    @Test
    void aNewJobReadsNoOther() {
        String plan = explain(
                NewJobs.INSERT_PLAIN,
                query -> NewJobs.bindPlain(query, List.of(NewJob.of("work").queue("busy"))));

        assertThat(plan).contains("Insert on jobs").doesNotContain("Scan on jobs", "Scan using jobs");
    }

    private void assertReads(String plan, String index, long most) {
        assertThat(plan)
                .as("no table is read from end to end")
                .doesNotContain("Seq Scan on jobs", "Seq Scan on finished");
        List<MatchResult> scans = INDEX_SCAN
                .matcher(plan)
                .results()
                .filter(scan -> scan.group(1).equals(index))
                .toList();
        assertThat(scans).as("looks along %s in%n%s", index, plan).isNotEmpty();
        assertThat(scans.stream()
                        .mapToLong(scan -> Long.parseLong(scan.group(2)) * Long.parseLong(scan.group(3)))
                        .sum())
                .as("rows read along %s in%n%s", index, plan)
                .isLessThanOrEqualTo(most);
    }

    /** Runs the statement, and takes it back. */
    private String explain(String sql, Function<Query, Query> bind) {
        StringBuilder plan = new StringBuilder();
        try {
            mine.store().database().change((Handle handle) -> {
                bind.apply(handle.createQuery("EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF) " + sql))
                        .map((row, context) -> row.getString(1))
                        .forEach(line -> plan.append(line).append('\n'));
                throw new TakenBack();
            });
        } catch (TakenBack e) {
            return plan.toString();
        }
        throw new AssertionError("the transaction was not taken back");
    }

    private void run(String sql) {
        mine.store().database().change(handle -> handle.execute(sql));
    }

    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
