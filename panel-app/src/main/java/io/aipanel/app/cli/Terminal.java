package io.aipanel.app.cli;

import io.aipanel.domain.Secret;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command reads from and writes to.
 *
 * @param in standard input
 * @param out standard output: answers
 * @param err standard error: messages
 * @param prompt how a secret is asked for; empty if nobody is there to ask
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, Optional<Prompt> prompt) {

    /** Asks for a secret without showing what is typed. */
    @FunctionalInterface
    public interface Prompt {
        /**
         * @param question what to ask, for example {@code Password}
         * @return the answer; empty if there was none
         */
        Optional<Secret> ask(String question);
    }

    /** The terminal of this process. Writes UTF-8 whatever the locale, because JSON is UTF-8. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal() ? Optional.of(Terminal::askOnConsole) : Optional.empty());
    }

    /**
     * Whether somebody can type: {@link System#console()} needs standard output to be a terminal, too, on some JDKs, and
     * nothing to be one on others, so Linux is asked.
     */
    private static boolean isTerminal() {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
            return target.startsWith("/dev/pts")
                    || target.toString().startsWith("/dev/tty")
                    || target.endsWith("console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Optional<Secret> askOnConsole(String question) {
        Console console = System.console();
        if (console == null) {
            throw new UsageException("the password cannot be asked for, because the output is redirected:"
                    + " give it with --password-stdin");
        }
        char[] answer = console.readPassword("%s: ", question);
        return answer == null ? Optional.empty() : Optional.of(new Secret(new String(answer)));
    }
}
