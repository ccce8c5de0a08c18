package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to many jobs by somebody at a terminal. */
class ConfirmationTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void twoJobs() {
        answering("", "jobs", "enqueue", "mail");
        answering("", "jobs", "enqueue", "mail");
        answering("", "jobs", "enqueue", "other");
        out.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "Yes\n", " y \r\n", "y"})
    void aYesIsEnough(String answer) {
        assertThat(answering(answer, "jobs", "cancel", "--type", "mail")).isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Cancel 2 jobs? [y/N] ");
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("2 jobs are cancelled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", "", "yess\n", "no way\n"})
    void anythingElseChangesNothing(String answer) {
        assertThat(answering(answer, "jobs", "cancel", "--all")).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Cancel 3 jobs?", "nothing was changed");
        assertThat(answering("", "jobs", "list", "--state", "cancelled")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("There are no such jobs.\n");
    }

    @Test
    void whoGivesNumbersOrSaysYesBeforehandIsNotAsked() {
        assertThat(answering("", "jobs", "cancel", "1")).isZero();
        assertThat(answering("", "jobs", "cancel", "--all", "--yes")).isZero();
        assertThat(answering("", "jobs", "retry", "--state", "cancelled", "-y")).isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theQuestionCountsOnlyWhatCanBeDone() {
        answering("", "jobs", "cancel", "1", "3");

        assertThat(answering("y\n", "jobs", "retry", "--type", "mail", "--state", "cancelled"))
                .isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Try again 1 job?");
    }

    /** Runs a command for somebody who gives an answer. */
    private int answering(String answer, String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.of(question -> Optional.empty()));
        Map<String, String> environment = Map.of("PANEL_STORAGE", "sqlite:" + directory.resolve("data"));
        return Program.run(new Invocation(terminal, environment, directory, Commands.HOST), arguments);
    }
}
