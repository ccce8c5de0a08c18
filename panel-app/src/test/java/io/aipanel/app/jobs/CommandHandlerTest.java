package io.aipanel.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.app.config.Configuration;
import io.aipanel.app.config.ConfigurationException;
import io.aipanel.app.config.JobCommand;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.JobDetail;
import io.aipanel.service.jobs.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of the configuration as handlers of a panel's jobs. */
class CommandHandlerTest {

    private static final Actor OPERATOR = Actor.program("test");

    @TempDir
    private Path directory;

    private Panel panel;

    @BeforeEach
    void open() {
        WorkerOptions workers = new WorkerOptions(2, Duration.ofSeconds(30), Duration.ZERO);
        panel = Panel.open(
                PanelOptions.of("sqlite:" + directory.resolve("data")).workers(workers));
    }

    @AfterEach
    void close() {
        panel.close();
    }

    @Test
    void thePayloadIsItsInputItsOutputTheLogItsExitCodeTheResult() throws IOException {
        handle("", "echo \"$PANEL_JOB_ID $PANEL_JOB_TYPE $PANEL_JOB_ATTEMPT\"; cat; echo >&2; echo trouble >&2");

        JobId id = panel.jobs().enqueue(NewJob.of("work").payload("{\"a\": 1}")).id();

        JobDetail done = awaitState(id, JobState.COMPLETED);
        assertThat(done.job().result()).contains(new JsonText("{\"exitCode\": 0}"));
        assertThat(done.log().lines())
                .extracting(LogLine::text)
                .containsExactly(id + " work 1", "{\"a\": 1}", "trouble");
        assertThat(done.hasHandler()).isTrue();
    }

    @Test
    void anotherExitCodeFailsTheAttemptAndTellsTheLastLines() throws IOException {
        Path program = handle("", "echo one; echo two; exit 3");

        JobId id = panel.jobs()
                .enqueue(NewJob.of("work").retry(new RetryPolicy(2, Duration.ZERO, Duration.ZERO)))
                .id();

        JobDetail dead = awaitState(id, JobState.DEAD_LETTER);
        assertThat(dead.failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.error().message())
                        .isEqualTo(program + " ended with exit code 3: one | two"));
        assertThat(dead.job().result()).isEmpty();
    }

    @Test
    void oneThatTakesTooLongIsEnded() throws IOException {
        handle("jobs.command-timeout.work = 1s\n", "echo $$ > pid; exec sleep 1000");

        JobId id =
                panel.jobs().enqueue(NewJob.of("work").retry(RetryPolicy.NEVER)).id();

        JobDetail dead = awaitState(id, JobState.DEAD_LETTER);
        assertThat(dead.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error().type()).isEqualTo("timeout"));
        awaitEnd();
    }

    @Test
    void oneWhoseJobIsCancelledIsEnded() throws IOException {
        handle("", "echo $$ > pid; exec sleep 1000");
        JobId id = panel.jobs().enqueue(NewJob.of("work")).id();
        awaitPid();

        panel.jobs().cancel(OPERATOR, id);

        awaitState(id, JobState.CANCELLED);
        awaitEnd();
    }

    @Test
    void whenThePanelStopsItIsEndedAlsoIfItDoesNotListenAndItsJobWaitsForTheNextStart() throws IOException {
        handle("", "trap '' TERM; echo $$ > pid; while :; do sleep 1; done");
        JobId id = panel.jobs().enqueue(NewJob.of("work")).id();
        awaitPid();

        panel.close();

        assertThat(process()).as("the program after the panel was closed").isEmpty();
        panel = Panel.open(PanelOptions.of("sqlite:" + directory.resolve("data")));
        JobDetail waiting = panel.jobs().detail(OPERATOR, id).orElseThrow();
        assertThat(waiting.job().state()).isEqualTo(JobState.PENDING);
        assertThat(waiting.job().attempt()).isZero();
    }

    @Test
    void oneThatHasVanishedSinceTheStartFailsTheAttempt() throws IOException {
        Path program = handle("", "exit 0");
        Files.delete(program);

        JobId id =
                panel.jobs().enqueue(NewJob.of("work").retry(RetryPolicy.NEVER)).id();

        assertThat(awaitState(id, JobState.DEAD_LETTER).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error().message()).contains(program.toString()));
    }

    @Test
    void aJobOfThePanelsOwnIsNotGivenAway() {
        assertThatThrownBy(() -> handleAs("jobs.prune", "jobs.command-queue.jobs.prune = panel\n", "exit 0"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("jobs.command.jobs.prune", "panel's own", "panel.properties, line 1");
    }

    private Path handle(String more, String script) throws IOException {
        return handleAs("work", more, script);
    }

    /** Has a script handle a type of job, as a configuration file says. */
    private Path handleAs(String type, String more, String script) throws IOException {
        Path program = Files.createFile(
                directory.resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Path file = Files.writeString(
                directory.resolve("panel.properties"), "jobs.command." + type + " = " + program + "\n" + more);
        List<JobCommand> commands = Configuration.load(Map.of(), Optional.of(file), Map.of(), directory)
                .jobCommands();
        CommandHandlers.of(commands, directory, Map.of("PATH", System.getenv("PATH")))
                .register(panel.jobs());
        return program;
    }

    private JobDetail awaitState(JobId id, JobState state) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> panel.jobs().detail(OPERATOR, id).orElseThrow(),
                        detail -> detail.job().state() == state);
    }

    private void awaitPid() {
        await().atMost(Duration.ofSeconds(30)).until(() -> process().isPresent());
    }

    private void awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).until(() -> process().isEmpty());
    }

    /** The program while it runs. */
    private Optional<ProcessHandle> process() throws IOException {
        Path file = directory.resolve("pid");
        String pid = Files.exists(file) ? Files.readString(file).strip() : "";
        return pid.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
    }
}
