package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.jobs.JobMode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How changes get to those who want to know, through the queue. */
class NoticeJobTest extends PanelTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T21:40:00Z");
    private static final StateChange WARNING = new StateChange(
            Threshold.SESSIONS, ThresholdState.OK, ThresholdState.WARNING, Optional.of(85d), 100, SINCE);
    private static final StateChange WARNING_OF_ANOTHER = new StateChange(
            Threshold.WRITE_P95, ThresholdState.OK, ThresholdState.WARNING, Optional.of(165d), 200, SINCE);

    private final Told pager = new Told("pager");
    private final Told mail = new Told("mail");
    private final CapacityOptions everybody =
            new CapacityOptions(List.of(pager, mail), Optional.of(URI.create("https://panel.example.com")));

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.WORKERS).capacity(everybody);
    }

    @Test
    void everybodyIsToldOnceOfAChangeAndOfTheSameOne() {
        panel.settings().set(PROGRAM, new SettingName("panel.name"), "Ours");

        enqueue(WARNING);
        enqueue(WARNING);
        enqueue(WARNING_OF_ANOTHER);

        // Effects are delivered in their order: by now the second one, too.
        awaitEnded(4);
        assertThat(jobs()).hasSize(4).allSatisfy(job -> {
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(job.queue().value()).isEqualTo("panel");
            assertThat(job.result()).contains(new JsonText("{\"told\": true}"));
        });
        assertThat(pager.notices())
                .extracting(CapacityNotice::change)
                .containsExactlyInAnyOrder(WARNING, WARNING_OF_ANOTHER);
        assertThat(pager.notices()).allSatisfy(notice -> {
            assertThat(notice.panel()).isEqualTo("Ours");
            assertThat(notice.url()).contains(URI.create("https://panel.example.com"));
            assertThat(notice.test()).isFalse();
        });
        assertThat(mail.notices()).containsExactlyInAnyOrderElementsOf(pager.notices());
    }

    @Test
    void whatIsNoNewsIsNotTold() {
        enqueue(new StateChange(
                Threshold.SESSIONS, ThresholdState.UNKNOWN, ThresholdState.OK, Optional.of(1d), 100, SINCE));
        enqueue(WARNING);

        awaitEnded(2);
        assertThat(pager.notices()).extracting(CapacityNotice::change).containsExactly(WARNING);
    }

    @Test
    void oneWhoCannotBeToldIsTriedAgainAndTheOthersAreNotToldTwice() {
        pager.failWith("the line is busy");

        enqueue(WARNING);

        Job failed = await().until(
                        () -> jobOf("pager"),
                        job -> job.attempt() == 1 && job.lastError().isPresent());
        assertThat(failed.state()).isEqualTo(JobState.PENDING);
        assertThat(failed.lastError()).hasValueSatisfying(why -> assertThat(why).contains("the line is busy"));
        assertThat(failed.runAt()).isAfter(clock.instant());
        awaitEnded(1);

        pager.failWith("");
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            letPassIfWaiting(Duration.ofSeconds(10));
            return jobOf("pager").state() == JobState.COMPLETED;
        });
        assertThat(pager.notices()).hasSize(1);
        assertThat(mail.notices()).isEqualTo(pager.notices());
    }

    @Test
    void oneWhoCanNeverBeToldIsADeadLetterWithItsReason() {
        pager.failWith("nobody is there");

        enqueue(WARNING);

        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            letPassIfWaiting(Duration.ofHours(6));
            return jobOf("pager").state() == JobState.DEAD_LETTER;
        });
        assertThat(panel.jobs()
                        .detail(PROGRAM, jobOf("pager").id())
                        .orElseThrow()
                        .failures())
                .hasSize(15)
                .allSatisfy(failure -> assertThat(failure.error().message()).isEqualTo("nobody is there"));
    }

    @Test
    void oneWhoWasTakenOutSinceThenIsNotTold() {
        pager.failWith("the line is busy");
        enqueue(WARNING);
        await().until(() -> jobOf("pager").lastError().isPresent());

        panel.close();
        panel = Panel.open(options().capacity(CapacityOptions.NONE));

        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            letPassIfWaiting(Duration.ofSeconds(10));
            return jobOf("pager").state() == JobState.COMPLETED;
        });
        assertThat(jobOf("pager").result()).contains(new JsonText("{\"told\": false}"));
    }

    /** Not while it is being tried: time that passes then would end its lease. */
    private void letPassIfWaiting(Duration duration) {
        Job job = jobOf("pager");
        if (job.state() == JobState.PENDING && job.runAt().isAfter(clock.instant())) {
            letPass(duration);
        }
    }

    private void enqueue(StateChange state) {
        panel.changes().make(PROGRAM, change -> {
            new CapacityNotices(everybody).enqueue(change, state);
            return null;
        });
    }

    /** Moves the clock, and has the workers look at it: the time until the next attempt they sleep by their own. */
    private void letPass(Duration time) {
        clock.advance(time);
        panel.jobs().enqueue(NewJob.of("sessions.sweep").queue("panel"));
    }

    private Job jobOf(String notifier) {
        return await().until(
                        () -> jobs().stream()
                                .filter(job -> job.payload().value().contains("\"notifier\":\"" + notifier + "\""))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<Job> jobs() {
        return panel.jobs().list(PROGRAM, JobFilter.ALL, PageRequest.first(PageRequest.MAX_LIMIT)).items().stream()
                .filter(job -> job.type().value().equals("capacity.notify"))
                .toList();
    }

    private void awaitEnded(int count) {
        await().until(() ->
                jobs().stream().filter(job -> job.state().isFinished()).count() >= count);
    }
}
