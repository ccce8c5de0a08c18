package io.aipanel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line refuses, and how. */
class BenchCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aNameThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThat(run("telepathy")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no benchmark telepathy", "there is queue");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "queue --engine oracle",
                "queue --engine",
                "queue --slow",
                "queue audit",
                "queue --quick=maybe",
                "queue --plot somewhere",
                "queue --only lifecycle.bulk,lifecycle.short"
            })
    void wrongUsageIsRefusedBeforeAnythingIsMeasured(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("bench: ").contains("--help");
        assertThat(out.size()).isZero();
    }

    @Test
    void aResultThatIsNotMeasuredThereIsRefusedWithThoseThatAre() {
        assertThat(run("queue", "--only", "lifecycle.long-transaction")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no result", "lifecycle.bulk", "wakeup.p99");
        assertThat(out.size()).isZero();
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("NAME", "queue", "--engine", "--peers", "--quick", "--only", "--plot", "--json");
    }

    private int run(String... arguments) {
        return BenchCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }
}
