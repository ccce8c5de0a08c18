package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.jobs.JobFailure;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.NotFound;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of running jobs, and what people do to jobs. */
class RunningJobsTest extends PanelTest {

    private static final RetryPolicy TWICE = new RetryPolicy(2, Duration.ZERO, Duration.ZERO);

    @Override
    protected PanelOptions options() {
        return super.options()
                .clock(InstantSource.system())
                .jobs(JobMode.WORKERS)
                .workers(new WorkerOptions(1, Duration.ofSeconds(30), Duration.ofMillis(100)));
    }

    @Test
    void theHistoryTellsOfEveryAttemptThatFailed() {
        panel.jobs().handle("bad", job -> {
            throw new IllegalStateException("attempt " + job.attempt(), new ArithmeticException("deeper"));
        });

        JobId id = panel.jobs().enqueue(NewJob.of("bad").retry(TWICE)).id();

        awaitState(id, JobState.DEAD_LETTER);
        List<JobFailure> failures = detail(id).failures();
        assertThat(failures).extracting(JobFailure::attempt).containsExactly(1, 2);
        assertThat(failures)
                .extracting(failure -> failure.error().summary())
                .containsExactly(
                        "java.lang.IllegalStateException: attempt 1", "java.lang.IllegalStateException: attempt 2");
        assertThat(failures.get(0).error().trace())
                .startsWith("java.lang.IllegalStateException\n  at io.aipanel.service.jobs.RunningJobsTest")
                .contains("caused by java.lang.ArithmeticException: deeper\n");
        assertThat(failures.get(0).worker())
                .contains(" pid " + ProcessHandle.current().pid() + "/");
        assertThat(failures.get(0).endedAt()).isAfterOrEqualTo(failures.get(0).startedAt());
    }

    @Test
    void theHandlerDecidesHowOftenAJobIsTriedThatDoesNot() {
        panel.jobs().handle("bad", HandlerOptions.DEFAULT.retry(RetryPolicy.NEVER), job -> {
            throw new IllegalStateException("no");
        });

        JobId once = panel.jobs().enqueue(NewJob.of("bad")).id();
        JobId twice = panel.jobs().enqueue(NewJob.of("bad").retry(TWICE)).id();

        awaitState(once, JobState.DEAD_LETTER);
        awaitState(twice, JobState.DEAD_LETTER);
        assertThat(detail(once).job().attempt()).isEqualTo(1);
        assertThat(detail(twice).job().attempt()).isEqualTo(2);
    }

    @Test
    void progressAndLogAreThereWhileTheJobRunsAndAfterwards() {
        CountDownLatch goOn = new CountDownLatch(1);
        panel.jobs().handle("long", job -> {
            job.log("first\u0000line");
            job.progress(40, "half\nway");
            goOn.await();
            job.log("last line");
            job.progress(100, "done");
        });

        JobId id = panel.jobs().enqueue(NewJob.of("long")).id();

        await().untilAsserted(() -> assertThat(detail(id).job().progress()).contains(new Progress(40, "half way")));
        assertThat(detail(id).log().lines()).extracting(LogLine::text).containsExactly("first\uFFFDline");
        goOn.countDown();
        awaitState(id, JobState.COMPLETED);
        assertThat(detail(id).job().progress()).contains(new Progress(100, "done"));
        assertThat(detail(id).log().lines()).extracting(LogLine::text).containsExactly("first\uFFFDline", "last line");
    }

    @Test
    void aHandlerThatFillsTheLogLeavesItsNewestLines() {
        panel.jobs().handle("talkative", job -> IntStream.range(0, 5_000).forEach(i -> job.log("line " + i)));

        JobId id = panel.jobs().enqueue(NewJob.of("talkative")).id();

        awaitState(id, JobState.COMPLETED);
        assertThat(detail(id).log().lines())
                .hasSize(1_000)
                .extracting(LogLine::text)
                .endsWith("line 4999");
    }

    @Test
    void aPendingJobIsCancelledAtOnceAndThatIsRecordedOnce() {
        JobId id = panel.jobs().enqueue(NewJob.of("nobody-handles-this")).id();

        assertThat(panel.jobs().cancel(PROGRAM, id).state()).isEqualTo(JobState.CANCELLED);

        assertThatThrownBy(() -> panel.jobs().cancel(PROGRAM, id))
                .isInstanceOf(JobRefused.class)
                .hasMessage("job " + id + " is cancelled: only pending and running jobs can be cancelled");
        assertThatThrownBy(() -> panel.jobs().cancel(PROGRAM, new JobId(4711)))
                .isInstanceOf(NotFound.class)
                .hasMessage("there is no job 4711");
        await().untilAsserted(() -> assertThat(events("job.cancel")).hasSize(1));
        assertThat(events("job.cancel").get(0).event().target()).isEqualTo("job:" + id);
    }

    @Test
    void theHandlerOfACancelledJobIsInterruptedAndTheJobEnds() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        panel.jobs().handle("long", job -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                told.set(job.isCancelled() && job.shouldStop());
            }
        });
        JobId id = panel.jobs().enqueue(NewJob.of("long")).id();
        started.await();

        panel.jobs().cancel(PROGRAM, id);

        awaitState(id, JobState.CANCELLED);
        assertThat(told).isTrue();
        assertThat(detail(id).job().attempt()).isEqualTo(1);
    }

    @Test
    void aCancelledJobWhoseHandlerEndsWellIsCompleted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        panel.jobs().handle("stubborn", job -> {
            started.countDown();
            while (!job.isCancelled()) {
                LockSupport.parkNanos(1_000_000);
            }
        });
        JobId id = panel.jobs().enqueue(NewJob.of("stubborn")).id();
        started.await();

        assertThat(panel.jobs().cancel(PROGRAM, id).cancelRequested()).isTrue();

        awaitState(id, JobState.COMPLETED);
    }

    @Test
    void anAttemptThatTakesTooLongFails() {
        panel.jobs()
                .handle(
                        "slow",
                        HandlerOptions.DEFAULT.timeout(Duration.ofSeconds(1)).retry(RetryPolicy.NEVER),
                        job -> new CountDownLatch(1).await());

        JobId id = panel.jobs().enqueue(NewJob.of("slow")).id();

        awaitState(id, JobState.DEAD_LETTER);
        assertThat(detail(id).job().lastError()).contains("timeout: took longer than PT1S");
    }

    @Test
    void aHandlerThatBlocksForEverDoesNotHoldUpItsQueue() {
        AtomicBoolean released = new AtomicBoolean();
        try {
            panel.jobs()
                    .handle(
                            "stuck",
                            HandlerOptions.DEFAULT
                                    .timeout(Duration.ofSeconds(1))
                                    .retry(RetryPolicy.NEVER),
                            job -> {
                                while (!released.get()) {
                                    LockSupport.parkNanos(1_000_000);
                                    Thread.interrupted();
                                }
                            });
            panel.jobs().handle("quick", job -> {});

            JobId stuck = panel.jobs().enqueue(NewJob.of("stuck").priority(1)).id();
            JobId quick = panel.jobs().enqueue(NewJob.of("quick")).id();

            awaitState(stuck, JobState.DEAD_LETTER);
            awaitState(quick, JobState.COMPLETED);
        } finally {
            released.set(true);
        }
    }

    @Test
    void aDeadLetterIsTriedAgainAsOftenAsItsPolicySays() {
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean well = new AtomicBoolean();
        panel.jobs().handle("flaky", job -> {
            runs.incrementAndGet();
            if (!well.get()) {
                throw new IllegalStateException("not yet");
            }
        });
        JobId id = panel.jobs().enqueue(NewJob.of("flaky").retry(TWICE)).id();
        awaitState(id, JobState.DEAD_LETTER);

        panel.jobs().retry(PROGRAM, id);
        await().until(() -> runs.get() == 4);
        awaitState(id, JobState.DEAD_LETTER);
        well.set(true);
        panel.jobs().retry(PROGRAM, id);

        awaitState(id, JobState.COMPLETED);
        assertThat(detail(id).job().attempt())
                .as("attempts go on being counted")
                .isEqualTo(5);
        assertThat(detail(id).failures()).hasSize(4);
        await().untilAsserted(() -> assertThat(events("job.retry")).hasSize(2));
        assertThatThrownBy(() -> panel.jobs().retry(PROGRAM, id))
                .isInstanceOf(JobRefused.class)
                .hasMessage("job " + id + " is completed: only dead letters and cancelled jobs can be tried again");
    }

    @Test
    void aJobWhoseKeyAnotherOneHasIsNotTriedAgain() {
        JobId first = panel.jobs().enqueue(NewJob.of("x").uniqueKey("k")).id();
        panel.jobs().cancel(PROGRAM, first);
        panel.jobs().enqueue(NewJob.of("x").uniqueKey("k"));

        assertThatThrownBy(() -> panel.jobs().retry(PROGRAM, first))
                .isInstanceOf(JobRefused.class)
                .hasMessage("job " + first
                        + " cannot be tried again: another job has its unique key k now; cancel that one first");
        assertThat(panel.jobs().retryAll(PROGRAM, JobFilter.ALL.state(JobState.CANCELLED)))
                .isEqualTo(new BulkResult(0, 1));
    }

    @Test
    void allThatMatchAreChangedAndCountedAndRecordedPartByPart() {
        panel.jobs()
                .enqueue(IntStream.range(0, 1_500)
                        .mapToObj(i -> NewJob.of(i % 3 == 0 ? "a" : "b"))
                        .toList());

        BulkResult cancelled = panel.jobs().cancelAll(PROGRAM, JobFilter.ALL.type(new JobType("b")));
        BulkResult again = panel.jobs().cancelAll(PROGRAM, JobFilter.ALL.type(new JobType("b")));
        BulkResult retried = panel.jobs().retryAll(PROGRAM, JobFilter.ALL.state(JobState.CANCELLED));

        assertThat(cancelled).isEqualTo(new BulkResult(1_000, 0));
        assertThat(again).isEqualTo(new BulkResult(0, 0));
        assertThat(retried).isEqualTo(new BulkResult(1_000, 0));
        await().untilAsserted(() -> assertThat(events("job.retry")).isNotEmpty());
        assertThat(events("job.cancel"))
                .extracting(event -> event.event().details().value())
                .containsExactly("{\"type\":\"b\",\"count\":1000}");
    }

    @Test
    void onlyWhoMayManageJobsDoesSo() {
        user("audit@example.com", "auditor");
        JobId id = panel.jobs().enqueue(NewJob.of("x")).id();

        assertThatThrownBy(() -> panel.jobs().cancel(actor("audit@example.com"), id))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.jobs().retryAll(actor("audit@example.com"), JobFilter.ALL))
                .isInstanceOf(PermissionDenied.class);
        assertThat(detail(id).job().state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void aTypeThatNobodyHandlesIsShownAsSuch() {
        panel.jobs().handle("known", job -> {});
        JobId known = panel.jobs().enqueue(NewJob.of("known")).id();
        JobId unknown = panel.jobs().enqueue(NewJob.of("unknown")).id();

        assertThat(detail(known).hasHandler()).isTrue();
        assertThat(detail(unknown).hasHandler()).isFalse();
        assertThat(detail(unknown).job().state()).isEqualTo(JobState.PENDING);
    }

    private void awaitState(JobId id, JobState state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(detail(id).job().state()).isEqualTo(state));
    }

    private JobDetail detail(JobId id) {
        return panel.jobs().detail(PROGRAM, id).orElseThrow();
    }

    private List<AuditEvent> events(String action) {
        return events().stream()
                .filter(event -> event.event().action().equals(action))
                .toList();
    }
}
