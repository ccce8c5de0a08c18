package io.aipanel.app.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A program of this machine. Safe for use by many threads, each of which runs it for itself.
 *
 * @param file where it is
 * @param surroundings where it runs
 */
public record Program(Path file, ProgramSurroundings surroundings) {

    /** Between SIGTERM and SIGKILL. */
    static final Duration LAST_MOMENT = Duration.ofSeconds(3);

    /** How often a program is looked after that writes nothing. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

    /**
     * Runs it to its end.
     *
     * @param input its standard input
     * @param variables what it is told besides
     * @param lines gets what it writes
     * @param shouldStop whether it is to be ended; an interrupt says so, too
     * @return its exit code
     * @throws InterruptedException if it was to be ended; it has been, with everything that it started
     * @throws ProgramFailed if it cannot be run
     */
    public int run(String input, Map<String, String> variables, OutputLines lines, BooleanSupplier shouldStop)
            throws ProgramFailed, IOException, InterruptedException {
        ProcessGroup group = start(input, variables);
        try {
            follow(group, lines, shouldStop);
        } catch (InterruptedException e) {
            end(group, lines);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            group.kill();
            throw e;
        } finally {
            lines.finish();
        }
        return group.exitCode();
    }

    /**
     * Runs it to its end, which must be a good one.
     *
     * @throws InterruptedException as {@link #run} does
     * @throws ProgramFailed if it cannot be run, or ends with another code than 0; the message has its last lines
     */
    public void runWell(String input, Map<String, String> variables, OutputLines lines, BooleanSupplier shouldStop)
            throws ProgramFailed, IOException, InterruptedException {
        int exitCode = run(input, variables, lines, shouldStop);
        if (exitCode != 0) {
            String said = String.join(" | ", lines.last());
            throw new ProgramFailed(file + " ended with exit code " + exitCode + (said.isEmpty() ? "" : ": " + said));
        }
    }

    private ProcessGroup start(String input, Map<String, String> variables) throws ProgramFailed, IOException {
        if (!Files.isExecutable(file)) {
            throw new ProgramFailed(file + " is not there, or may not be executed by this user");
        }
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.putAll(variables);
        // A file rather than a pipe: a program that does not read it would hold up whoever writes into a pipe. Nobody
        // else
        // may read it, and as soon as the program has it open it needs no name.
        Path written = Files.createTempFile("panel-input-", ".json");
        try {
            Files.writeString(written, input);
            return ProcessGroup.start(surroundings.setsid(), file, written, surroundings.directory(), environment);
        } finally {
            Files.delete(written);
        }
    }

    private static void follow(ProcessGroup group, OutputLines lines, BooleanSupplier shouldStop)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[8192];
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            // Asked first: what a program wrote before its end is there when it is seen to have ended.
            boolean ended = group.hasEnded();
            boolean quiet = !read(group, lines, buffer);
            if (ended && quiet) {
                return;
            }
            if (Thread.interrupted() || shouldStop.getAsBoolean()) {
                throw new InterruptedException("told to stop");
            }
            if (quiet) {
                group.awaitEnd(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } else {
                pause = SHORTEST_PAUSE;
            }
        }
    }

    /** Reads what is there now; answers whether that was something. */
    private static boolean read(ProcessGroup group, OutputLines lines, byte[] buffer) throws IOException {
        InputStream output = group.output();
        int available = output.available();
        int count = available == 0 ? 0 : output.read(buffer, 0, Math.min(available, buffer.length));
        if (count > 0) {
            lines.write(buffer, count);
        }
        return count > 0;
    }

    /** Lets the program end by itself for a moment, then ends it. */
    private static void end(ProcessGroup group, OutputLines lines) throws IOException {
        group.terminate();
        byte[] buffer = new byte[8192];
        long killAt = System.nanoTime() + LAST_MOMENT.toNanos();
        boolean interrupted = false;
        boolean over = false;
        while (!over && System.nanoTime() < killAt) {
            boolean ended = group.hasEnded();
            boolean quiet = !read(group, lines, buffer);
            over = ended && quiet;
            try {
                if (quiet && !ended) {
                    group.awaitEnd(LONGEST_PAUSE);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        group.kill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
