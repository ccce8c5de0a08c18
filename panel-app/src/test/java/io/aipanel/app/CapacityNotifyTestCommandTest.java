package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trying out who is told of changes of capacity. */
class CapacityNotifyTestCommandTest {

    @TempDir
    private Path directory;

    private Commands commands;

    @BeforeEach
    void open() {
        commands = new Commands("sqlite:" + directory.resolve("data"), directory);
    }

    @Test
    void whoIsTellableIsToldNow() throws IOException {
        configure("exit 0");

        Outcome outcome = run();

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).containsPattern("(?m)^command +told$");
        JsonNode notice = Commands.document(Files.readString(directory.resolve("notice")));
        assertThat(notice.path("test").booleanValue()).isTrue();
        assertThat(notice.path("panel").asText()).isEqualTo("Panel");
        assertThat(notice.path("url").asText()).isEqualTo("https://panel.example.com");
        assertThat(notice.path("advice").asText()).contains("This is a test");
    }

    @Test
    void ifOneCannotBeToldTheOthersAreAndItEndsWith1() throws IOException {
        configure("echo no line; exit 3");
        Files.writeString(directory.resolve("panel.properties"), """
                capacity.notify.mail.to = anna@example.com
                capacity.notify.mail.from = panel@example.com
                capacity.notify.mail.smtp = localhost:1
                """, StandardOpenOption.APPEND);

        Outcome outcome = run("--json");

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        JsonNode notifiers = Commands.document(outcome.out()).path("notifiers");
        assertThat(notifiers)
                .hasSize(2)
                .allSatisfy(notifier ->
                        assertThat(notifier.path("told").booleanValue()).isFalse());
        assertThat(notifiers.get(0).path("problem").asText()).endsWith("ended with exit code 3: no line");
        assertThat(notifiers.get(1).path("name").asText()).isEqualTo("mail anna@example.com");
    }

    @Test
    void ifNobodyIsToBeToldItSaysHowToChangeThat() throws IOException {
        Files.createFile(directory.resolve("panel.properties"));

        Outcome outcome = run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("capacity.notify.command", "capacity.notify.url", "capacity.notify.mail.to");
    }

    @Test
    void theServerDoesNotStartWithANotifierThatCannotWork() throws IOException {
        Files.writeString(directory.resolve("panel.properties"), "capacity.notify.command = /nowhere/page\n");

        Outcome outcome = commands.run(
                "serve", "--config", directory.resolve("panel.properties").toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("capacity.notify.command must name a program that exists", "line 1");
    }

    private Outcome run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("capacity", "notify-test"));
        arguments.addAll(
                List.of("--config", directory.resolve("panel.properties").toString()));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }

    /** A program that keeps its input, and then does as is told. */
    private void configure(String end) throws IOException {
        Path program = Files.createFile(
                directory.resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, "#!/bin/sh\nPATH=/usr/bin:/bin\ncat > notice\n" + end + "\n");
        Files.writeString(
                directory.resolve("panel.properties"),
                "http.public-url = https://panel.example.com\ncapacity.notify.command = " + program + "\n");
    }
}
