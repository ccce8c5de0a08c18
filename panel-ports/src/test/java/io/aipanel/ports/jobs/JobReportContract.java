package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Timestamps;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What running attempts tell: how far they are, and a log. */
public interface JobReportContract extends StoreContract {

    private static void log(JobQueueRepository jobs, Lease lease, List<LogLine> lines) {
        jobs.report(List.of(new JobReport(lease, Optional.empty(), lines)));
    }

    private static List<LogLine> lines(Instant at, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new LogLine(at, "line " + i))
                .toList();
    }

    @Test
    default void progressAndLinesAreKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            ClaimedJob claimed = claimOne(jobs);
            assertThat(claimed.job().progress()).as("it has told nothing").isEmpty();
            Progress half = new Progress(50, "half of it");
            List<LogLine> lines = List.of(
                    new LogLine(Instant.parse("2026-10-25T01:30:00.654321Z"), "later"),
                    new LogLine(Instant.parse("1999-12-31T23:59:59.999999Z"), "earlier, by the clock of who wrote it"),
                    new LogLine(harness.now(), ""));

            jobs.report(List.of(new JobReport(claimed.lease(), Optional.of(half), lines.subList(0, 2))));
            log(jobs, claimed.lease(), lines.subList(2, 3));

            assertThat(job(jobs, id).progress())
                    .as("a report without progress leaves it as it was")
                    .contains(half);
            assertThat(jobs.log(id))
                    .as("lines are kept in the order in which they were written")
                    .isEqualTo(new JobLog(lines, 0));
            jobs.report(List.of(new JobReport(claimed.lease(), Optional.of(new Progress(0, "")), List.of())));
            assertThat(job(jobs, id).progress())
                    .as("the last one told counts, also if it is less")
                    .contains(new Progress(0, ""));
        }
    }

    @Test
    default void theLogGoesOnOverAttemptsAndProgressBeginsAnew() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            List<LogLine> lines = lines(Timestamps.micros("at", harness.now()), 0, 2);
            ClaimedJob first = claimOne(jobs);
            jobs.report(List.of(
                    new JobReport(first.lease(), Optional.of(new Progress(90, "nearly")), lines.subList(0, 1))));
            fail(jobs, first.lease(), "no", Optional.of(Duration.ZERO));

            ClaimedJob second = claimOne(jobs);
            assertThat(second.job().progress())
                    .as("a new attempt has told nothing yet")
                    .isEmpty();
            log(jobs, second.lease(), lines.subList(1, 2));
            jobs.report(List.of(new JobReport(second.lease(), Optional.of(new Progress(100, "done")), List.of())));
            complete(jobs, second);

            assertThat(jobs.log(id)).as("the log goes on over attempts").isEqualTo(new JobLog(lines, 0));
            assertThat(job(jobs, id).progress())
                    .as("how far the last attempt was stays with the job")
                    .contains(new Progress(100, "done"));
        }
    }

    @Test
    default void ofManyLinesTheNewestAreKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();
            List<LogLine> lines = lines(Timestamps.micros("at", harness.now()), 0, 1703);

            log(jobs, lease, lines.subList(0, 999));
            log(jobs, lease, lines.subList(999, 1000));
            assertThat(jobs.log(id))
                    .as("as many as the bound are all kept")
                    .isEqualTo(new JobLog(lines.subList(0, 1000), 0));
            log(jobs, lease, lines.subList(1000, 1703));
            assertThat(jobs.log(id))
                    .as("of more the newest are kept, and how many were dropped is told")
                    .isEqualTo(new JobLog(lines.subList(703, 1703), 703));
        }
    }

    @Test
    default void ofOneLongReportTheLastLinesAreKept() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();
            List<LogLine> lines = lines(Timestamps.micros("at", harness.now()), 0, 2502);
            log(jobs, lease, lines.subList(0, 1));

            log(jobs, lease, lines.subList(1, 2501));
            assertThat(jobs.log(id))
                    .as("of a report with more lines than are kept only the last are")
                    .isEqualTo(new JobLog(lines.subList(1501, 2501), 1501));
            log(jobs, lease, lines.subList(2501, 2502));
            assertThat(jobs.log(id))
                    .as("and the log goes on after it")
                    .isEqualTo(new JobLog(lines.subList(1502, 2502), 1502));
        }
    }

    @Test
    default void linesAreKeptToTheLetterUpToTheirLimit() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();
            List<LogLine> lines = Stream.concat(
                            HostileTexts.IN_ORDER.stream(),
                            Stream.of("\u20AC".repeat(LogLine.MAX_BYTES), "two\nlines", " "))
                    .map(text -> new LogLine(Instant.EPOCH, text))
                    .toList();
            Progress progress = new Progress(1, "\uD83D\uDE00".repeat(Progress.MAX_TEXT_BYTES));

            jobs.report(List.of(new JobReport(lease, Optional.of(progress), lines)));

            assertThat(jobs.log(id)).as("lines are kept to the letter").isEqualTo(new JobLog(lines, 0));
            assertThat(job(jobs, id).progress())
                    .as("progress is kept to the letter")
                    .contains(progress);
        }
    }

    @Test
    default void aStaleReportChangesNothingAndHoldsUpNobody() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(work().priority(3), work().priority(2), work().priority(1)));
            Lease stale = jobs.claim(request(1)).get(0).lease();
            ClaimedJob ended = jobs.claim(request(1)).get(0);
            complete(jobs, ended);
            harness.advance(PAST_THE_LEASE);
            List<ClaimedJob> live = jobs.claim(request(9));
            assertThat(ids(live)).as("two run").containsExactly(ids.get(0), ids.get(2));
            List<LogLine> lines = lines(Timestamps.micros("at", harness.now()), 0, 3);
            Optional<Progress> progress = Optional.of(new Progress(7, "x"));

            jobs.report(List.of(
                    new JobReport(stale, progress, lines),
                    new JobReport(ended.lease(), progress, lines),
                    new JobReport(new Lease(new JobId(4711), 1), progress, lines),
                    new JobReport(live.get(1).lease(), progress, lines)));

            assertThat(jobs.log(ids.get(0)))
                    .as("a stale report changes nothing")
                    .isEqualTo(new JobLog(List.of(), 0));
            assertThat(job(jobs, ids.get(0)).progress())
                    .as("a stale report changes nothing")
                    .isEmpty();
            assertThat(jobs.log(ids.get(1)).lines())
                    .as("a report about an ended job changes nothing")
                    .isEmpty();
            assertThat(job(jobs, ids.get(1)).progress())
                    .as("a report about an ended job changes nothing")
                    .isEmpty();
            assertThat(jobs.log(ids.get(2))).as("the others are kept").isEqualTo(new JobLog(lines, 0));
            assertThat(job(jobs, ids.get(2)).progress())
                    .as("the others are kept")
                    .isEqualTo(progress);
        }
    }

    @Test
    default void aLateReportCountsUntilSomebodyTakesTheJobAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lease = claimOne(jobs).lease();
            harness.advance(PAST_THE_LEASE);

            log(jobs, lease, List.of(new LogLine(Instant.EPOCH, "late")));

            assertThat(jobs.log(id).lines())
                    .as("a lease is the latest until somebody takes the job again")
                    .hasSize(1);
        }
    }

    @Test
    default void aJobThatHasWrittenNothingHasAnEmptyLog() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            jobs.report(List.of());

            assertThat(jobs.log(id)).as("it has written nothing").isEqualTo(new JobLog(List.of(), 0));
            assertThat(jobs.log(new JobId(4711))).as("there is no such job").isEqualTo(new JobLog(List.of(), 0));
        }
    }

    @Test
    default void moreThanTenThousandReportsAreRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobReport report = new JobReport(new Lease(new JobId(1), 1), Optional.empty(), List.of());

            Refusal.of(
                    IllegalArgumentException.class,
                    "a call holds at most 10 000 reports",
                    () -> jobs.report(Collections.nCopies(10_001, report)));
        }
    }
}
