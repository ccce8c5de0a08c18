package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.PanelTest;
import io.aipanel.service.backup.BackupOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInJobsTest extends PanelTest {

    @Override
    protected PanelOptions options() {
        return super.options().jobs(JobMode.WORKERS).backup(BackupOptions.in(directory.resolve("backups")));
    }

    @Test
    void finishedJobsAreRemovedWhenTheirTimeIsOver() {
        panel.jobs().handle("good", job -> job.log("a line"));
        panel.jobs().handle("bad", job -> {
            throw new IllegalStateException("no");
        });
        JobId good = panel.jobs().enqueue(NewJob.of("good")).id();
        JobId bad =
                panel.jobs().enqueue(NewJob.of("bad").retry(RetryPolicy.NEVER)).id();
        awaitState(good, JobState.COMPLETED);
        awaitState(bad, JobState.DEAD_LETTER);

        clock.advance(Duration.ofDays(8));
        runToItsEnd("jobs.prune");
        assertThat(panel.jobs().find(PROGRAM, good)).isEmpty();
        assertThat(panel.jobs().find(PROGRAM, bad)).isPresent();

        clock.advance(Duration.ofDays(83));
        runToItsEnd("jobs.prune");
        assertThat(panel.jobs().find(PROGRAM, bad)).isEmpty();
    }

    @Test
    void sessionsThatHaveEndedAreRemoved() {
        user("anna@example.com", "user");
        actor("anna@example.com");
        clock.advance(Duration.ofDays(60));

        assertThat(runToItsEnd("sessions.sweep").result().orElseThrow().value()).isEqualTo("{\"removed\": 1}");
    }

    @Test
    void componentsAreLookedAtAndThatIsRecorded() {
        Job job = runToItsEnd("versions.refresh");

        await().untilAsserted(() -> assertThat(events()).anySatisfy(event -> {
            assertThat(event.event().action()).isEqualTo("component.refresh");
            assertThat(event.event().actor()).isEqualTo("job:" + job.id());
        }));
    }

    @Test
    void aBackupIsMadeAndOlderOnesOfTheDayAreRemoved() {
        runToItsEnd("backup.create");
        clock.advance(Duration.ofSeconds(1));
        runToItsEnd("backup.create");

        assertThat(panel.backups().list(PROGRAM)).singleElement().satisfies(backup -> {
            assertThat(backup.isSound()).isTrue();
            assertThat(backup.manifest().orElseThrow().trigger()).isEqualTo(BackupTrigger.SCHEDULED);
        });
    }

    @Test
    void aBackupThatCannotBeCopiedMakesTheJobFailAndIsNotMadeAgain() throws IOException {
        Path second = directory.resolve("second");
        panel.close();
        panel = Panel.open(
                options().backup(BackupOptions.in(directory.resolve("backups")).copiedTo(second)));
        RetryPolicy often = new RetryPolicy(1_000, Duration.ofMillis(100), Duration.ofMillis(100));
        JobId id = panel.jobs()
                .enqueue(NewJob.of("backup.create").queue("panel").retry(often))
                .id();
        await().untilAsserted(() -> assertThat(
                        panel.jobs().find(PROGRAM, id).orElseThrow().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("not all have a copy")));

        Files.createDirectory(second);
        await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(1));
            assertThat(panel.jobs().find(PROGRAM, id).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
        });

        assertThat(panel.backups().list(PROGRAM)).hasSize(1);
        assertThat(panel.backups().copies().list(PROGRAM)).hasSize(1);
    }

    @Test
    void theNewestBackupIsTriedOut() {
        assertThat(runToItsEnd("backup.verify").result().orElseThrow().value()).isEqualTo("{\"verified\": false}");
        runToItsEnd("backup.create");

        runToItsEnd("backup.verify");

        assertThat(panel.backups().list(PROGRAM))
                .allSatisfy(backup -> assertThat(backup.restored()).isPresent());
    }

    private Job runToItsEnd(String type) {
        JobId id = panel.jobs().enqueue(NewJob.of(type).queue("panel")).id();
        awaitState(id, JobState.COMPLETED);
        List<Job> jobs = panel.jobs()
                .list(PROGRAM, JobFilter.ALL.type(new JobType(type)), PageRequest.first(50))
                .items();
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
    }

    private void awaitState(JobId id, JobState state) {
        await().untilAsserted(() ->
                assertThat(panel.jobs().find(PROGRAM, id).orElseThrow().state()).isEqualTo(state));
    }
}
