package io.aipanel.app.outgoing;

import io.aipanel.app.cli.CommandFailed;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs in a session of its own, so that a signal reaches whatever it has started, and nothing else. What it
 * has started ends with it, unless that has made itself a session of its own.
 */
final class ProcessGroup {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);

    private final Process leader;

    private ProcessGroup(Process leader) {
        this.leader = leader;
    }

    /**
     * Finds the tool that gives a program a session of its own.
     *
     * @param searchPath directories joined by colons
     * @throws CommandFailed if none of them has it
     */
    static Path findSetsid(String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        "programs are run with setsid, which is not there: apt install util-linux", null));
    }

    /**
     * Starts a program.
     *
     * @param input a file that becomes its standard input; it may be removed at once
     * @param directory where it runs
     * @param environment its variables
     */
    static ProcessGroup start(Path setsid, Path program, Path input, Path directory, Map<String, String> environment)
            throws IOException {
        // The process becomes the leader of a group with its own id: setsid runs the program in its place, because a
        // new process never leads a group already.
        ProcessBuilder builder = new ProcessBuilder(setsid.toString(), program.toString())
                .directory(directory.toFile())
                .redirectInput(Redirect.from(input.toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        ProcessGroup group = new ProcessGroup(builder.start());
        // What the program leaves behind ends with it. Not left to whoever reads the output: on the program's end the
        // JDK
        // reads what is left in the pipe, and comes to no end while somebody goes on writing into it.
        group.leader.onExit().thenRun(group::kill);
        return group;
    }

    /** What it writes, to be read only as far as {@link InputStream#available} says: a read could outlast the program. */
    InputStream output() {
        return leader.getInputStream();
    }

    /**
     * Waits for the program's end.
     *
     * @return whether it has ended
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return leader.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the program has ended. */
    boolean hasEnded() {
        return !leader.isAlive();
    }

    /** How the program ended, once it has. */
    int exitCode() {
        return leader.exitValue();
    }

    /** Asks the whole group to end. */
    void terminate() {
        signal("TERM");
    }

    /** Ends the whole group. */
    void kill() {
        signal("KILL");
        // Also if there is no shell. Through the handle: the process itself would close what is still to be read.
        leader.toHandle().destroyForcibly();
    }

    /** Java signals single processes only; every shell knows the negative number that means a group. */
    private void signal(String name) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", name, Long.toString(leader.pid()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.error("The processes of group {} could not be sent SIG{}", leader.pid(), name, e);
        }
    }
}
