package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What long work on the audit log shows on a terminal. */
class AuditProgressTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void recordSomething() {
        Commands commands = new Commands("sqlite:" + directory.resolve("data"), directory);
        for (int i = 0; i < 4; i++) {
            commands.json("audit", "record", "file.upload");
        }
    }

    @Test
    void aCheckShowsHowFarItHasCome() {
        assertThat(shown("audit", "verify")).contains("\r\u001B[K4 of 4 events checked (100 %)\r\u001B[K");
        assertThat(shown("audit", "verify", "--quiet")).doesNotContain("checked");
        assertThat(shown("audit", "verify", "--json")).doesNotContain("checked");
    }

    @Test
    void cuttingShowsHowFarItHasCome() {
        assertThat(shown("audit", "cut", "--before", "2026-01-01T00:00:00Z", "--yes"))
                .contains("\r\u001B[K0 of 4 events looked at (0 %)\r\u001B[K");
        assertThat(shown("audit", "cut", "--below", "2", "--yes"))
                .contains("\r\u001B[K2 of 2 events removed (100 %)\r\u001B[K");
    }

    private String shown(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.empty(),
                true,
                true);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--storage", "sqlite:" + directory.resolve("data")));
        Invocation invocation = new Invocation(terminal, Map.of(), directory, Commands.HOST);
        assertThat(Program.run(invocation, all.toArray(String[]::new)))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        return err.toString(StandardCharsets.UTF_8);
    }
}
