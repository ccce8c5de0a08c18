package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.jobs.QueueRepository;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.MovableClock;
import io.aipanel.sqlite.jobs.SqliteJobQueueRepository;
import io.aipanel.sqlite.jobs.SqliteQueueRepository;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How SQLite goes about what is asked of the queue: what a call costs must not depend on the jobs that it is not about. So
 * every table that grows is entered by an index, and nothing is sorted that an index has in order already.
 */
final class QueryPlanTest {

    /** Everything but lanes, queues and lists in parameters, of which there are few. */
    private static final Pattern SCAN_OF_MANY =
            Pattern.compile("SCAN (jobs|finished_jobs|failures|job_log|recent_keys|tallies|j|h|r|found)\\b.*");

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();
    private RecordedStore store;
    private Set<String> statements;
    private JobQueueRepository jobs;
    private QueueRepository queues;

    @BeforeEach
    void open() throws SQLException {
        store = RecordedStore.of(directory, StoreName.QUEUE);
        statements = store.statements();
        jobs = new SqliteJobQueueRepository(store, clock, () -> {});
        queues = new SqliteQueueRepository(store, clock);
        enqueue(NewJob.of("work"));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
    }

    @Test
    void noTableThatGrowsIsReadFromEndToEnd() {
        work();
        lookAround();

        assertThat(statements).hasSizeGreaterThan(50);
        for (String sql : statements) {
            assertThat(store.plan(sql))
                    .as("the plan of %s", sql)
                    .noneMatch(step -> SCAN_OF_MANY.matcher(step).matches());
        }
    }

    @Test
    void nothingIsSortedButAFewLanesAndWhatWorkersHaveLost() {
        work();

        assertThat(statements)
                .filteredOn(sql -> store.plan(sql).stream().anyMatch(step -> step.contains("TEMP B-TREE")))
                .as("statements that sort")
                .hasSize(2)
                .anyMatch(sql -> sql.contains("has_abandoned"))
                .anyMatch(sql -> sql.contains("lease_until <= ? ORDER BY run_at, id LIMIT ?"));
    }

    @Test
    void aClaimReadsTheJobsThatItTakesAlongTheirIndex() {
        claim();

        assertThat(statements)
                .filteredOn(sql -> sql.contains("state = 'pending' AND held = 0 AND run_at <= ? ORDER BY run_at, id"))
                .hasSize(1)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .containsExactly("SEARCH jobs USING INDEX jobs_pending (lane=? AND run_at<?)"));
    }

    @Test
    void jobsAreCountedInIndexesAlone() {
        statements.clear();
        jobs.counts();
        jobs.pendingTypes();

        assertThat(statements)
                .hasSize(2)
                .allSatisfy(sql -> assertThat(store.plan(sql))
                        .filteredOn(step -> step.contains(" jobs"))
                        .isNotEmpty()
                        .allMatch(step -> step.contains("USING COVERING INDEX")));
    }

    @Test
    void completedJobsArePrunedInTheOrderInWhichTheyLie() {
        statements.clear();
        jobs.prune(JobState.COMPLETED, Instant.parse("2026-04-01T00:00:00Z"), 10);

        assertThat(statements)
                .filteredOn(sql -> sql.contains("ORDER BY id"))
                .hasSize(1)
                .allSatisfy(sql -> assertThat(store.plan(sql)).containsExactly("SCAN finished_jobs"));
    }

    /** What workers do. */
    private void work() {
        queues.limit(
                QueueName.DEFAULT,
                new QueueLimits(Optional.of(100), 1, Optional.of(new RateLimit(100, Duration.ofSeconds(1)))));
        enqueue(NewJob.of("work").uniqueKey("u", Duration.ofDays(1)));
        enqueue(NewJob.of("work").concurrencyKey("k"), NewJob.of("work").concurrencyKey("k"));
        List<ClaimedJob> claimed = claim();
        jobs.extend(claimed.stream().map(ClaimedJob::lease).toList(), Duration.ofMinutes(1));
        jobs.report(List.of(new JobReport(
                claimed.get(0).lease(),
                Optional.of(new Progress(1, "")),
                List.of(new LogLine(Instant.EPOCH, "line")))));
        jobs.untilNextDue(QueueName.DEFAULT, Set.of(new JobType("work")));
        jobs.finish(List.of(
                new JobEnd.Completed(claimed.get(0).lease(), Optional.empty()),
                new JobEnd.Failed(claimed.get(1).lease(), new JobError("", "", ""), Optional.empty()),
                new JobEnd.Released(claimed.get(2).lease())));
        claimed = claim();
        jobs.finish(List.of(
                new JobEnd.Failed(claimed.get(0).lease(), new JobError("", "", ""), Optional.of(Duration.ZERO))));
        clock.advance(Duration.ofHours(1));
        jobs.cancel(claim().get(0).job().id());
        clock.advance(Duration.ofHours(1));
        claim();
    }

    /** What people do. */
    private void lookAround() {
        jobs.cancel(new JobId(1));
        jobs.retry(new JobId(1));
        jobs.job(new JobId(1));
        jobs.failures(new JobId(1));
        jobs.log(new JobId(1));
        filters().forEach(filter -> {
            jobs.jobs(filter, PageRequest.first(10));
            jobs.cancel(filter, Optional.empty(), 10);
            jobs.retry(filter, Optional.empty(), 10);
        });
        jobs.prune(JobState.DEAD_LETTER, Instant.parse("2026-04-01T00:00:00Z"), 10);
    }

    private static Stream<JobFilter> filters() {
        List<JobFilter> plain = new ArrayList<>();
        plain.add(JobFilter.ALL);
        plain.add(JobFilter.ALL.queue(QueueName.DEFAULT));
        plain.add(JobFilter.ALL.type(new JobType("work")));
        plain.add(JobFilter.ALL.queue(QueueName.DEFAULT).type(new JobType("work")));
        plain.add(JobFilter.ALL.uniqueKey("u"));
        plain.add(JobFilter.ALL.uniqueKey("u").queue(QueueName.DEFAULT));
        return plain.stream()
                .flatMap(filter -> Stream.concat(
                        Stream.of(filter), Stream.of(JobState.values()).map(filter::state)));
    }

    private List<ClaimedJob> claim() {
        return jobs.claim(
                new ClaimRequest(QueueName.DEFAULT, Set.of(new JobType("work")), 10, Duration.ofMinutes(1), "worker"));
    }

    private void enqueue(NewJob... newJobs) {
        jobs.enqueue(List.of(newJobs));
    }
}
