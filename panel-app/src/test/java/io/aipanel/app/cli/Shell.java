package io.aipanel.app.cli;

import io.aipanel.ports.versions.ComponentInventory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The surroundings of a command in a test: nobody at the terminal, and everything that is written kept. */
public final class Shell {

    /** What a command left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    private final Path directory;
    private final ComponentInventory inventory;

    /** @param directory where commands run */
    public Shell(Path directory, ComponentInventory inventory) {
        this.directory = directory;
        this.inventory = inventory;
    }

    /** Runs a command that reads a text from standard input. */
    public Outcome run(String in, Map<String, String> environment, ToIntFunction<Invocation> command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.empty());
        int exitCode = command.applyAsInt(new Invocation(terminal, environment, directory, inventory));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
