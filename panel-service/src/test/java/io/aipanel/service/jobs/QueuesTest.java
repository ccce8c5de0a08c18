package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.iam.PermissionDenied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueuesTest extends PanelTest {

    private static final QueueName MAIL = new QueueName("mail");

    private final List<String> ran = new ArrayList<>();

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.INLINE);
    }

    @Test
    void aPausedQueueWaitsUntilItIsResumed() {
        panel.jobs().handle("send", "mail", job -> ran.add(job.payload()));

        assertThat(panel.queues().pause(PROGRAM, MAIL)).isTrue();
        assertThat(panel.queues().pause(PROGRAM, MAIL)).isFalse();
        panel.jobs().enqueue(NewJob.of("send").queue("mail"));
        assertThat(ran).isEmpty();
        assertThat(status(MAIL).queue().paused()).isTrue();

        assertThat(panel.queues().resume(PROGRAM, MAIL)).isTrue();
        assertThat(panel.queues().resume(PROGRAM, MAIL)).isFalse();
        panel.jobs().runDue();
        assertThat(ran).containsExactly("{}");
        assertThat(status(MAIL).counts().jobs()).containsEntry(JobState.COMPLETED, 1L);
    }

    @Test
    void noMoreJobsStartThanTheRateAllows() {
        panel.jobs().handle("send", "mail", job -> ran.add(job.payload()));
        QueueLimits limits = new QueueLimits(Optional.empty(), 1, Optional.of(new RateLimit(2, Duration.ofMinutes(1))));
        assertThat(panel.queues().limit(PROGRAM, MAIL, limits)).isTrue();
        assertThat(panel.queues().limit(PROGRAM, MAIL, limits)).isFalse();

        for (int i = 0; i < 5; i++) {
            panel.jobs().enqueue(NewJob.of("send").queue("mail"));
        }
        assertThat(ran).hasSize(2);

        clock.advance(Duration.ofSeconds(30));
        panel.jobs().runDue();
        assertThat(ran).hasSize(3);
    }

    @Test
    void theListTellsWhatNobodyHandles() {
        panel.jobs()
                .enqueue(
                        List.of(NewJob.of("odd").queue("mail"), NewJob.of("odd").queue("mail")));

        QueueStatus status = status(MAIL);
        assertThat(status.withoutHandler()).containsExactly(new PendingType(MAIL, new JobType("odd"), 2));
        assertThat(status.workers()).isEmpty();
        assertThat(status.counts().jobs()).containsEntry(JobState.PENDING, 2L);
    }

    @Test
    void whatPeopleDoToQueuesIsRecorded() {
        panel.queues().pause(PROGRAM, MAIL);
        panel.queues().pause(PROGRAM, MAIL);
        panel.queues().resume(PROGRAM, MAIL);
        panel.queues()
                .limit(
                        PROGRAM,
                        MAIL,
                        new QueueLimits(Optional.of(3), 2, Optional.of(new RateLimit(10, Duration.ofMinutes(1)))));

        panel.jobs().runDue();
        assertThat(actions()).containsSequence("queue.pause", "queue.resume", "queue.limit");
        assertThat(events().get(events().size() - 1).event().details().value())
                .isEqualTo("{\"maxRunning\":3,\"maxRunningPerKey\":2,\"rate\":\"10 in PT1M\"}");
    }

    @Test
    void onlyWhoMayManageQueuesDoesSo() {
        user("audit@example.com", "auditor");

        assertThat(panel.queues().list(actor("audit@example.com"))).isEmpty();
        assertThatThrownBy(() -> panel.queues().pause(actor("audit@example.com"), MAIL))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.queues().limit(actor("audit@example.com"), MAIL, QueueLimits.DEFAULT))
                .isInstanceOf(PermissionDenied.class);
    }

    private QueueStatus status(QueueName name) {
        return panel.queues().list(PROGRAM).stream()
                .filter(status -> status.queue().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
