package io.aipanel.app.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.LogLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs may do, well behaved or not, as real shell scripts. */
@Timeout(60)
class ProgramTest {

    @TempDir
    private Path directory;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final OutputLines lines = new OutputLines(log::add);
    private final AtomicBoolean shouldStop = new AtomicBoolean();

    /** Nothing that a test has started outlives it, also if it fails. */
    @AfterEach
    void endWhatIsLeft() {
        shouldStop.set(true);
        pids().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void itGetsItsInputAndItsLinesAreLogged() throws Exception {
        int exitCode = run("{\"to\": \"ä@example.com\"}", """
                echo first
                echo second >&2
                cat
                """);

        assertThat(exitCode).isZero();
        assertThat(log).containsExactly("first", "second", "{\"to\": \"ä@example.com\"}");
    }

    @Test
    void itsExitCodeIsTold() throws Exception {
        assertThat(run("{}", "echo why; exit 3")).isEqualTo(3);
        assertThat(lines.last()).containsExactly("why");
    }

    @Test
    void itIsToldItsJobAndNothingOfThePanelsOwn() throws Exception {
        Program program = program("env", Map.of("PANEL_STORAGE_PASSWORD", "s3cret", "PANEL_STORAGE", "x", "LANG", "C"));

        program.run("{}", Map.of("PANEL_JOB_ID", "7"), lines, shouldStop::get);

        assertThat(log).contains("PANEL_JOB_ID=7", "LANG=C").noneMatch(line -> line.startsWith("PANEL_STORAGE"));
    }

    @Test
    void itRunsInASessionOfItsOwnWhereThePanelRuns() throws Exception {
        assertThat(
                        run(
                                "{}",
                                "pwd; read -r pid name state parent group session rest < /proc/$$/stat; echo \"$session\"; echo $$"))
                .isZero();

        assertThat(log.get(0)).isEqualTo(directory.toRealPath().toString());
        assertThat(log.get(1)).isEqualTo(log.get(2));
    }

    @Test
    void inputThatNobodyReadsHoldsNothingUp() throws Exception {
        assertThat(run("\"" + "x".repeat(1 << 20) + "\"", "exit 0")).isZero();
    }

    @Test
    void moreOutputThanAPipeHoldsIsReadToItsEnd() throws Exception {
        assertThat(run("{}", "i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done"))
                .isZero();

        assertThat(log).hasSize(20_000).endsWith("line 19999");
    }

    @Test
    void outputWithoutAnEndOfALineIsCutAndAProgramThatNeverEndsItIsEnded() throws Exception {
        CompletableFuture<Integer> running = start("exec tr '\\0' x < /dev/zero");
        await().until(() -> log.size() > 10);

        shouldStop.set(true);

        assertThatThrownBy(running::join).hasCauseInstanceOf(InterruptedException.class);
        assertThat(log).allMatch(line -> line.length() <= LogLine.MAX_BYTES);
    }

    @Test
    void whatIsNoTextIsReplaced() throws Exception {
        assertThat(run("{}", "head -c 100000 /dev/urandom; printf '\\303'")).isZero();

        assertThat(log).isNotEmpty();
        assertThat(String.join("", log)).endsWith("\uFFFD");
    }

    @Test
    void whatItLeavesBehindEndsWithItAndIsNotWaitedFor() throws Exception {
        assertThat(run("{}", "sleep 1000 & echo $! > pids; echo done")).isZero();

        assertThat(log).containsExactly("done");
        awaitEndOfAll();
    }

    @Test
    void whatItLeavesBehindMayWriteWithoutEnd() throws Exception {
        assertThat(run("{}", "yes & echo $! > pids")).isZero();

        awaitEndOfAll();
    }

    @Test
    void whatHasMadeItselfASessionOfItsOwnIsNotWaitedForEither() throws Exception {
        assertThat(run("{}", """
                        setsid sleep 1000 &
                        echo $! > pids
                        session=$$
                        while [ "$session" = $$ ]; do read -r pid name state parent group session rest < /proc/$!/stat; done
                        """)).isZero();

        assertThat(pids()).singleElement().matches(ProcessHandle::isAlive);
    }

    @Test
    void oneThatIsToStopIsAskedFirstWithEverythingItHasStarted() throws Exception {
        CompletableFuture<Integer> running = start("""
                trap 'echo asked; exit 0' TERM
                sleep 1000 & echo $! > pids
                echo $$ >> pids
                echo ready
                wait
                """);
        await().until(() -> log.contains("ready"));

        shouldStop.set(true);

        assertThatThrownBy(running::join).hasCauseInstanceOf(InterruptedException.class);
        assertThat(log).contains("asked");
        awaitEndOfAll();
    }

    @Test
    void oneThatDoesNotListenIsKilledWithEverythingItHasStarted() throws Exception {
        CompletableFuture<Integer> running = start("""
                trap '' TERM
                sh -c 'trap "" TERM; echo $$ >> pids; while :; do sleep 1; done' &
                echo $$ >> pids
                while [ $(wc -l < pids) -lt 2 ]; do sleep 0.01; done
                echo ready
                while :; do sleep 1; done
                """);
        await().until(() -> log.contains("ready"));

        shouldStop.set(true);

        assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        awaitEndOfAll();
    }

    @Test
    void anInterruptSaysThatItIsToStop() throws Exception {
        Program program = program("echo $$ > pids; echo ready; exec sleep 1000", Map.of());
        CompletableFuture<Integer> running = new CompletableFuture<>();
        Thread runner = new Thread(() -> complete(running, program));
        runner.start();
        await().until(() -> log.contains("ready"));

        runner.interrupt();

        assertThatThrownBy(running::join).hasCauseInstanceOf(InterruptedException.class);
        awaitEndOfAll();
    }

    @Test
    void oneThatIsNotThereIsTold() {
        Program missing = new Program(directory.resolve("missing"), surroundings(Map.of()));

        assertThatThrownBy(() -> missing.run("{}", Map.of(), lines, shouldStop::get))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining(directory.resolve("missing").toString());
    }

    @Test
    void oneThatTheSystemCannotRunFailsAndSaysWhy() throws Exception {
        Path file = script("");
        Files.writeString(file, "#!/no/such/interpreter\n");

        assertThat(new Program(file, surroundings(Map.of())).run("{}", Map.of(), lines, shouldStop::get))
                .isEqualTo(127);
        assertThat(lines.last()).singleElement().asString().contains(file.toString());
    }

    @Test
    void noPayloadIsLeftInAFile() throws Exception {
        // The program may be quicker than the panel, which takes the name away once it has started it.
        assertThat(run("{\"secret\": 1}", """
                        while [ "$(stat -L -c %h /proc/self/fd/0)" != 0 ]; do sleep 0.01; done
                        stat -L -c '%h %a' /proc/self/fd/0
                        """)).isZero();

        assertThat(log).containsExactly("0 600");
    }

    private int run(String input, String script) throws Exception {
        return program(script, Map.of()).run(input, Map.of(), lines, shouldStop::get);
    }

    private CompletableFuture<Integer> start(String script) throws IOException {
        Program program = program(script, Map.of());
        CompletableFuture<Integer> running = new CompletableFuture<>();
        new Thread(() -> complete(running, program)).start();
        return running;
    }

    private void complete(CompletableFuture<Integer> running, Program program) {
        try {
            running.complete(program.run("{}", Map.of(), lines, shouldStop::get));
        } catch (ProgramFailed | IOException | InterruptedException | RuntimeException e) {
            running.completeExceptionally(new CompletionException(e));
        }
    }

    private Program program(String script, Map<String, String> environment) throws IOException {
        return new Program(script(script), surroundings(environment));
    }

    private ProgramSurroundings surroundings(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATH", System.getenv("PATH"));
        return ProgramSurroundings.ofPanel(directory, all);
    }

    private Path script(String text) throws IOException {
        Path file = Files.createTempFile(
                directory,
                "script",
                ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(file, ("#!/bin/sh\n" + text).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** The processes whose ids the script has written down. */
    private List<ProcessHandle> pids() {
        Path file = directory.resolve("pids");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> all = Files.lines(file)) {
            return all.map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                    .flatMap(process -> process.stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEndOfAll() {
        await().atMost(Duration.ofSeconds(30)).until(() -> pids().stream().noneMatch(ProcessHandle::isAlive));
    }
}
