package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobMetersTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.INLINE);
    }

    @Test
    void whatHappensToJobsIsCounted() {
        panel.jobs().handle("flaky", job -> {
            if (job.payload().equals("false")) {
                throw new IllegalStateException("no");
            }
        });
        RetryPolicy once = RetryPolicy.NEVER;
        panel.jobs()
                .enqueue(List.of(
                        NewJob.of("flaky").payload("true").retry(once),
                        NewJob.of("flaky").payload("true").retry(once),
                        NewJob.of("flaky").payload("false").retry(once)));

        assertThat(count("panel.jobs.enqueued")).isEqualTo(3);
        assertThat(count("panel.jobs.started")).isEqualTo(3);
        assertThat(count("panel.jobs.completed")).isEqualTo(2);
        assertThat(count("panel.jobs.failed")).isEqualTo(1);
        assertThat(count("panel.jobs.dead")).isEqualTo(1);
        assertThat(panel.meters().get("panel.jobs.run").timer().count()).isEqualTo(3);
        assertThat(panel.meters().get("panel.jobs.wait").timer().count()).isEqualTo(3);
    }

    @Test
    void howLongAJobWaitedCountsFromTheTimeItWasDue() {
        panel.jobs().handle("later", job -> {});
        panel.jobs().enqueue(NewJob.of("later").delay(Duration.ofMinutes(10)));
        clock.advance(Duration.ofMinutes(15));

        panel.jobs().runDue();

        assertThat(panel.meters().get("panel.jobs.wait").timer().max(TimeUnit.MINUTES))
                .isEqualTo(5);
    }

    @Test
    void jobsAreShownByQueueAndState() {
        panel.jobs()
                .enqueue(List.of(NewJob.of("x").queue("mail"), NewJob.of("x").queue("mail")));

        panel.measure();

        assertThat(panel.meters()
                        .get("panel.jobs")
                        .tags("queue", "mail", "state", "pending")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void moreTypesThanAnybodyNeedsAreCountedTogether() {
        panel.jobs()
                .enqueue(IntStream.range(0, 1_100)
                        .mapToObj(i -> NewJob.of("type-" + i))
                        .toList());

        assertThat(panel.meters().find("panel.jobs.enqueued").counters()).hasSize(1_001);
        assertThat(panel.meters()
                        .get("panel.jobs.enqueued")
                        .tags("queue", "other", "type", "other")
                        .counter()
                        .count())
                .isEqualTo(100);
    }

    private double count(String name) {
        return panel.meters()
                .get(name)
                .tags("queue", "default", "type", "flaky")
                .counter()
                .count();
    }
}
