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
 * @param showsOut whether somebody sees standard output as it is written
 * @param showsErr whether somebody sees standard error as it is written, and lines of it can be written anew
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, Optional<Prompt> prompt, boolean showsOut, boolean showsErr) {

    /** One whose output nobody sees as it is written. */
    public Terminal(InputStream in, PrintStream out, PrintStream err, Optional<Prompt> prompt) {
        this(in, out, err, prompt, false, false);
    }

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
                isTerminal(0) ? Optional.of(Terminal::askOnConsole) : Optional.empty(),
                isTerminal(1),
                isTerminal(2));
    }

    /**
     * Whether somebody can type or see: {@link System#console()} needs standard output to be a terminal, too, on some JDKs,
     * and nothing to be one on others, so Linux is asked.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
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
