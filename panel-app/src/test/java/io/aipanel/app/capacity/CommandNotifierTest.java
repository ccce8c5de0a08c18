package io.aipanel.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.app.outgoing.Program;
import io.aipanel.app.outgoing.ProgramFailed;
import io.aipanel.app.outgoing.ProgramSurroundings;
import io.aipanel.service.capacity.CapacityNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a program tells of a change, as real shell scripts. */
@Timeout(60)
class CommandNotifierTest {

    @TempDir
    private Path directory;

    @Test
    void itGetsTheNoticeAndWhatMattersMostAsVariables() throws Exception {
        notifier("cat > notice; env | grep '^PANEL_' | sort > variables", Duration.ofSeconds(45))
                .tell(Notices.of("My\nown"));

        assertThat(directory.resolve("notice"))
                .hasContent(Notices.of("My\nown").toJson().value());
        assertThat(directory.resolve("variables")).hasContent("""
                PANEL_CAPACITY_FROM=warning
                PANEL_CAPACITY_LIMIT=10000000000
                PANEL_CAPACITY_SINCE=2026-11-23T21:40:00Z
                PANEL_CAPACITY_SUBJECT=My\\u000aown: audit-bytes is breached, at 103 % of its limit
                PANEL_CAPACITY_TEST=false
                PANEL_CAPACITY_THRESHOLD=audit-bytes
                PANEL_CAPACITY_TO=breached
                PANEL_CAPACITY_VALUE=10300000000
                """);
    }

    @Test
    void anotherExitCodeMeansThatNobodyWasTold() throws Exception {
        CommandNotifier notifier = notifier("echo no line; exit 4", Duration.ofSeconds(45));

        assertThatThrownBy(() -> notifier.tell(Notices.of("Panel")))
                .isInstanceOf(ProgramFailed.class)
                .hasMessage(directory.resolve("program") + " ended with exit code 4: no line");
    }

    @Test
    void oneThatTakesTooLongIsEnded() throws Exception {
        CommandNotifier notifier = notifier("exec sleep 1000", Duration.ofSeconds(1));

        assertThatThrownBy(() -> notifier.tell(Notices.of("Panel")))
                .isInstanceOf(ProgramFailed.class)
                .hasMessage(directory.resolve("program") + " did not end within 1 seconds, and was ended");
    }

    @Test
    void anInterruptIsNoFailureOfTheProgram() throws Exception {
        CommandNotifier notifier = notifier("exec sleep 1000", Duration.ofSeconds(45));
        CapacityNotice notice = Notices.of("Panel");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> notifier.tell(notice)).isInstanceOf(InterruptedException.class);
    }

    private CommandNotifier notifier(String script, Duration timeout) throws IOException {
        Path program = Files.createFile(
                directory.resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Map<String, String> environment =
                Map.of("PATH", System.getenv("PATH"), "PANEL_CAPACITY_NOTIFY_URL", "https://secret.example.com");
        return new CommandNotifier(new Program(program, ProgramSurroundings.ofPanel(directory, environment)), timeout);
    }
}
