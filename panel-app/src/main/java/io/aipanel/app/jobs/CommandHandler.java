package io.aipanel.app.jobs;

import io.aipanel.service.jobs.JobHandler;
import io.aipanel.service.jobs.RunningJob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Handles jobs by running a program: the payload is its standard input, what it writes goes to the job's log, its exit code
 * is the result. One that is to stop is ended with everything it has started.
 */
final class CommandHandler implements JobHandler {

    /** Between SIGTERM and SIGKILL. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(3);

    /** How often a program is looked after that writes nothing. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final Path program;
    private final ProgramSurroundings surroundings;

    CommandHandler(Path program, ProgramSurroundings surroundings) {
        this.program = program;
        this.surroundings = surroundings;
    }

    @Override
    public void run(RunningJob job) throws ProgramFailed, IOException, InterruptedException {
        OutputLines lines = new OutputLines(job::log);
        ProcessGroup group = start(job);
        try {
            follow(job, group, lines);
        } catch (InterruptedException e) {
            end(group, lines);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            group.kill();
            throw e;
        }
        lines.finish();
        if (group.exitCode() != 0) {
            throw new ProgramFailed(failure(group.exitCode(), lines));
        }
        job.result("{\"exitCode\": 0}");
    }

    private ProcessGroup start(RunningJob job) throws ProgramFailed, IOException {
        if (!Files.isExecutable(program)) {
            throw new ProgramFailed(program + " is not there, or may not be executed by this user");
        }
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.put("PANEL_JOB_ID", job.job().id().toString());
        environment.put("PANEL_JOB_TYPE", job.job().type().value());
        environment.put("PANEL_JOB_ATTEMPT", Integer.toString(job.attempt()));
        // A file rather than a pipe: a program that does not read it would hold up whoever writes into a pipe. Nobody else
        // may read it, and as soon as the program has it open it needs no name.
        Path input = Files.createTempFile("panel-job-", ".json");
        try {
            Files.writeString(input, job.payload());
            return ProcessGroup.start(
                    surroundings.setsid(), program, input, surroundings.directory(), environment);
        } finally {
            Files.delete(input);
        }
    }

    /** Until the program has ended. */
    private static void follow(RunningJob job, ProcessGroup group, OutputLines lines)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[8192];
        Duration pause = Duration.ofMillis(1);
        boolean ended = false;
        while (!ended) {
            ended = group.hasEnded();
            boolean quiet = !read(group, lines, buffer);
            if (job.shouldStop() || Thread.interrupted()) {
                throw new InterruptedException("told to stop");
            }
            if (quiet && !ended) {
                group.awaitEnd(pause);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            } else {
                pause = Duration.ofMillis(1);
                // What it wrote before its end is all there, and may be more than one buffer.
                ended = ended && quiet;
            }
        }
    }

    /** Reads what is there now; answers whether that was something. */
    private static boolean read(ProcessGroup group, OutputLines lines, byte[] buffer) throws IOException {
        InputStream output = group.output();
        int available = output.available();
        if (available == 0) {
            return false;
        }
        int count = output.read(buffer, 0, Math.min(available, buffer.length));
        if (count <= 0) {
            return false;
        }
        lines.write(buffer, count);
        return true;
    }

    /** The present thread was told to stop, and has a moment left to see the program off. */
    private static void end(ProcessGroup group, OutputLines lines) throws IOException {
        group.terminate();
        byte[] buffer = new byte[8192];
        long killAt = System.nanoTime() + LAST_MOMENT.toNanos();
        boolean interrupted = false;
        while (!group.hasEnded() && System.nanoTime() < killAt) {
            try {
                if (!read(group, lines, buffer)) {
                    group.awaitEnd(LONGEST_PAUSE);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!group.hasEnded()) {
            group.kill();
        }
        lines.finish();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String failure(int exitCode, OutputLines lines) {
        String said = String.join("\n", lines.last());
        return program + " ended with exit code " + exitCode + (said.isEmpty() ? "" : ": " + said);
    }
}
