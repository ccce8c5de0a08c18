package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The mode for the tests of programs that embed the panel. */
class InlineJobsTest extends PanelTest {

    private final List<String> ran = new ArrayList<>();

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.INLINE);
    }

    @Test
    void aJobHasRunWhenEnqueueReturns() {
        panel.jobs().handle("greet", job -> {
            ran.add(job.payload() + " on " + Thread.currentThread().getName());
            job.result("\"done\"");
        });

        JobId id = panel.jobs().enqueue(NewJob.of("greet").payload("\"hello\"")).id();

        assertThat(ran).containsExactly("\"hello\" on " + Thread.currentThread().getName());
        assertThat(state(id)).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void whatAHandlerEnqueuesRunsAfterIt() {
        panel.jobs().handle("first", job -> {
            panel.jobs().enqueue(NewJob.of("second"));
            ran.add("first");
        });
        panel.jobs().handle("second", job -> ran.add("second"));

        panel.jobs().enqueue(NewJob.of("first"));

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void whatIsLaterRunsWhenTheClockIsMovedAndSomebodyAsks() {
        panel.jobs().handle("later", job -> ran.add("later"));
        panel.jobs().handle("failing", job -> {
            ran.add("attempt " + job.attempt());
            throw new IllegalStateException("no");
        });
        panel.jobs().enqueue(NewJob.of("later").delay(Duration.ofHours(1)));
        JobId failing = panel.jobs()
                .enqueue(NewJob.of("failing").retry(new RetryPolicy(2, Duration.ofMinutes(1), Duration.ofMinutes(1))))
                .id();
        assertThat(ran).containsExactly("attempt 1");

        clock.advance(Duration.ofHours(2));

        assertThat(panel.jobs().runDue()).isEqualTo(2);
        assertThat(ran).containsExactlyInAnyOrder("attempt 1", "attempt 2", "later");
        assertThat(state(failing)).isEqualTo(JobState.DEAD_LETTER);
    }

    @Test
    void whatIsEnqueuedWithAChangeOfThePanelsDataRuns() {
        panel.jobs().handle("follow-up", job -> ran.add("follow-up"));

        panel.changes().make(PROGRAM, change -> {
            change.enqueue(NewJob.of("follow-up"));
            return Optional.empty();
        });
        panel.jobs().runDue();

        assertThat(ran).containsExactly("follow-up");
    }

    @Test
    void aChangeThatFailsEnqueuesNothing() {
        panel.jobs().handle("follow-up", job -> ran.add("follow-up"));

        assertThatThrownBy(() -> panel.changes().make(PROGRAM, change -> {
                    change.enqueue(NewJob.of("follow-up"));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(panel.jobs().runDue()).isZero();
    }

    @Test
    void theOtherModesRunNothingOnTheCallersThread() {
        try (Panel off = Panel.open(options().jobs(JobMode.OFF))) {
            assertThatThrownBy(() -> off.jobs().handle("x", job -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this panel runs no jobs: open it with another JobMode than OFF to handle x");
            assertThatThrownBy(() -> off.jobs().runDue()).isInstanceOf(IllegalStateException.class);
        }
    }

    private JobState state(JobId id) {
        return panel.jobs().find(PROGRAM, id).orElseThrow().state();
    }
}
