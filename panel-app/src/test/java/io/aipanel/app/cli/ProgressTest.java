package io.aipanel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Progress is for people who look on, and for nobody else. */
class ProgressTest {

    @Test
    void whoLooksOnSeesHowFarItIsAndThenNothingOfIt() {
        assertThat(shown(true, false, true)).isEqualTo("\r\u001B[Khalf\r\u001B[K");
    }

    @Test
    void nobodyElseSeesIt() {
        assertThat(shown(false, false, true)).isEmpty();
        assertThat(shown(true, false, true, "--quiet")).isEmpty();
        assertThat(shown(true, false, true, "--json")).isEmpty();
    }

    @Test
    void itDoesNotStandBetweenTheLinesOfTheAnswer() {
        assertThat(shown(true, true, true)).isEmpty();
        assertThat(shown(true, true, false)).contains("half");
    }

    private static String shown(boolean showsErr, boolean showsOut, boolean besideOutput, String... options) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.empty(),
                showsOut,
                showsErr);
        Invocation invocation = new Invocation(terminal, Map.of(), Path.of("."), patterns -> Map.of());
        CommandLine command = new CommandLine(CommandLine.Model.CommandSpec.create());
        command.addMixin("options", invocation.options());
        command.parseArgs(options);
        try (ProgressLine line = invocation.progress(besideOutput)) {
            line.show(() -> "half");
        }
        return err.toString(StandardCharsets.UTF_8);
    }
}
