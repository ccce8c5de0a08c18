package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobsTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options()
                .clock(InstantSource.system())
                .jobs(JobMode.WORKERS)
                .workers(new WorkerOptions(4, Duration.ofSeconds(30), Duration.ofSeconds(5)));
    }

    @Test
    void aJobRunsAndItsResultIsKept() {
        panel.jobs().handle("double", job -> job.result("{\"doubled\": " + 2 * Integer.parseInt(job.payload()) + "}"));

        JobId id = panel.jobs().enqueue(NewJob.of("double").payload("21")).id();

        await().untilAsserted(() -> assertThat(job(id).state()).isEqualTo(JobState.COMPLETED));
        assertThat(job(id).result().orElseThrow().value()).isEqualTo("{\"doubled\": 42}");
        assertThat(job(id).attempt()).isEqualTo(1);
    }

    @Test
    void everyJobRunsOnceWhileNothingFails() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        panel.jobs().handle("count", job -> {
            seen.add(job.payload());
            runs.incrementAndGet();
        });

        List<NewJob> jobs = IntStream.range(0, 1000)
                .mapToObj(i -> NewJob.of("count").payload(Integer.toString(i)))
                .toList();
        panel.jobs().enqueue(jobs);

        await().until(() -> runs.get() >= 1000 && count(JobState.COMPLETED) == 1000);
        assertThat(seen).hasSize(1000);
        assertThat(runs).hasValue(1000);
    }

    @Test
    void aJobThatFailsIsTriedAgainAndToldItsAttempt() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        panel.jobs().handle("flaky", job -> {
            attempts.add(job.attempt());
            if (job.attempt() < 3) {
                throw new IllegalStateException("not yet");
            }
        });

        JobId id = panel.jobs()
                .enqueue(NewJob.of("flaky").retry(new RetryPolicy(3, Duration.ZERO, Duration.ZERO)))
                .id();

        await().untilAsserted(() -> assertThat(job(id).state()).isEqualTo(JobState.COMPLETED));
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(job(id).lastError()).contains("java.lang.IllegalStateException: not yet");
    }

    @Test
    void aJobWhoseAttemptsAreUsedUpIsADeadLetterWithItsError() {
        panel.jobs().handle("bad", job -> {
            throw new StackOverflowError("deep");
        });

        JobId id = panel.jobs()
                .enqueue(NewJob.of("bad").retry(new RetryPolicy(2, Duration.ZERO, Duration.ZERO)))
                .id();

        await().untilAsserted(() -> assertThat(job(id).state()).isEqualTo(JobState.DEAD_LETTER));
        assertThat(job(id).attempt()).isEqualTo(2);
        assertThat(job(id).lastError()).contains("java.lang.StackOverflowError: deep");
    }

    @Test
    void aTypeWithoutAHandlerWaits() {
        AtomicInteger runs = new AtomicInteger();
        panel.jobs().handle("known", job -> runs.incrementAndGet());
        JobId unknown = panel.jobs().enqueue(NewJob.of("unknown")).id();
        panel.jobs().enqueue(NewJob.of("known"));

        await().until(() -> runs.get() == 1);
        assertThat(job(unknown).state()).isEqualTo(JobState.PENDING);
        panel.jobs().handle("unknown", job -> runs.incrementAndGet());
        await().until(() -> runs.get() == 2);
    }

    @Test
    void aDelayedJobRunsWhenItsTimeHasCome() {
        CountDownLatch ran = new CountDownLatch(1);
        panel.jobs().handle("later", job -> ran.countDown());
        JobId id = panel.jobs()
                .enqueue(NewJob.of("later")
                        .runAt(InstantSource.system().instant().plusMillis(300)))
                .id();

        await().until(() -> ran.getCount() == 0);
        await().untilAsserted(() -> assertThat(job(id).state()).isEqualTo(JobState.COMPLETED));
        assertThat(job(id).startedAt().orElseThrow()).isAfterOrEqualTo(job(id).runAt());
    }

    @Test
    void closingLetsARunningJobFinish() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        panel.jobs().handle("slow", job -> {
            started.countDown();
            goOn.await();
        });
        JobId id = panel.jobs().enqueue(NewJob.of("slow")).id();
        started.await();

        Thread closing = new Thread(panel::close);
        closing.start();
        goOn.countDown();
        closing.join();
        panel = Panel.open(options());

        assertThat(job(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void closingGivesBackAJobThatDoesNotFinishInTimeSoThatItRunsAtOnce() throws Exception {
        panel.close();
        panel = Panel.open(options().workers(new WorkerOptions(1, Duration.ofMinutes(10), Duration.ofMillis(50))));
        CountDownLatch started = new CountDownLatch(1);
        panel.jobs().handle("endless", job -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        JobId id = panel.jobs().enqueue(NewJob.of("endless")).id();
        started.await();

        panel.close();
        panel = Panel.open(options());

        assertThat(job(id).state()).as("not left until its lease ends").isEqualTo(JobState.PENDING);
        CountDownLatch again = new CountDownLatch(1);
        panel.jobs().handle("endless", job -> again.countDown());
        assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneUniqueKeyIsOneJob() {
        Enqueued first = panel.jobs().enqueue(NewJob.of("sync").uniqueKey("shop"));
        Enqueued second = panel.jobs().enqueue(NewJob.of("sync").uniqueKey("shop"));

        assertThat(first.isNew()).isTrue();
        assertThat(second).isEqualTo(new Enqueued(first.id(), false));
    }

    @Test
    void whatIsNotJsonIsRefusedAndNothingOfTheCallIsEnqueued() {
        List<NewJob> jobs = List.of(NewJob.of("a"), NewJob.of("b").payload("{\"x\": }"));

        assertThatThrownBy(() -> panel.jobs().enqueue(jobs))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("payload must be JSON (line 1, column");
        assertThatThrownBy(() -> panel.jobs().enqueue(NewJob.of("a").payload("{} {}")))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> panel.jobs().enqueue(NewJob.of("a").payload("{\"x\": 1")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageEndingWith("Unexpected end-of-input: expected close marker for Object)");
        assertThat(count(JobState.PENDING)).isZero();
    }

    @Test
    void onlyWhoMayEnqueuesAndLooks() {
        user("anna@example.com", "user");
        user("audit@example.com", "auditor");
        assertThatThrownBy(() -> panel.jobs().counts(actor("anna@example.com"))).isInstanceOf(PermissionDenied.class);
        assertThat(panel.jobs().counts(actor("audit@example.com")))
                .isEqualTo(panel.jobs().counts(PROGRAM));
        assertThatThrownBy(() -> panel.jobs().enqueue(actor("audit@example.com"), List.of(NewJob.of("a"))))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void aTypeHasOneHandlerInAQueue() {
        panel.jobs().handle("a", job -> {});
        panel.jobs().handle("a", "other", job -> {});
        assertThatThrownBy(() -> panel.jobs().handle("a", job -> {})).isInstanceOf(IllegalStateException.class);
    }

    private Job job(JobId id) {
        return panel.jobs().find(PROGRAM, id).orElseThrow();
    }

    private long count(JobState state) {
        return panel.jobs().counts(PROGRAM).stream()
                .mapToLong(queue -> queue.jobs().get(state))
                .sum();
    }
}
