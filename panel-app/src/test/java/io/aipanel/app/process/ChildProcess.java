package io.aipanel.app.process;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JVM of its own that runs one of our main classes, with everything that it writes. Killed when it is closed. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> listeners;

    private ChildProcess(Process process) {
        this.process = process;
        this.listeners = List.of(listen(process.getInputStream(), out), listen(process.getErrorStream(), err));
    }

    /**
     * Starts a JVM.
     *
     * @param main the class with the main method
     * @param directory the working directory
     * @param environment variables beside those of this process that do not begin with {@code PANEL_}
     * @param arguments what main gets
     */
    public static ChildProcess start(
            Class<?> main, Path directory, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                classPath()));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PANEL_"));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as ours, made absolute because the child may run elsewhere. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        return String.join(
                separator,
                Stream.of(System.getProperty("java.class.path").split(separator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    /** Writes to the child's standard input and closes it. */
    public ChildProcess type(String text) {
        try (var in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The lines of standard output so far. */
    public List<String> out() {
        return List.copyOf(out);
    }

    /** The lines of standard error so far. */
    public List<String> err() {
        return List.copyOf(err);
    }

    /** Waits for a line of standard error, or of standard output, in which a pattern is found. */
    public Matcher awaitLine(Pattern pattern) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> find(pattern).isPresent() || !process.isAlive());
        if (!process.isAlive()) {
            exitCode();
        }
        return find(pattern)
                .orElseThrow(() -> new AssertionError("the process ended without " + pattern + ": " + out + err));
    }

    private Optional<Matcher> find(Pattern pattern) {
        return Stream.concat(err.stream(), out.stream())
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst();
    }

    /** Asks the process to stop, as a service manager does. */
    public void terminate() {
        // Through the handle: Process.destroy would also close the streams, and with them lose what is still in them.
        process.toHandle().destroy();
    }

    /** Ends the process as a power cut does. */
    public void kill() {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end, and for everything that was written before it. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the process does not end: " + out + err);
            }
            for (Thread listener : listeners) {
                listener.join(PATIENCE.toMillis());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Thread listen(InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                for (int c = reader.read(); c != -1; c = reader.read()) {
                    if (c == '\n') {
                        lines.add(line.toString());
                        line.setLength(0);
                    } else {
                        line.append((char) c);
                    }
                }
                // What is left was cut off by a kill: it is no line.
            } catch (IOException e) {
                // The process is gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
