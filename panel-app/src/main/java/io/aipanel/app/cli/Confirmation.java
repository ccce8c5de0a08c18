package io.aipanel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** Asks whether something far-reaching is really meant. A script, which nobody can ask, must have said so beforehand. */
public final class Confirmation {

    private static final Set<String> YES = Set.of("y", "yes");
    private static final int LONGEST_ANSWER = 100;

    @Option(
            names = {"--yes", "-y"},
            description = "Do not ask whether this is really meant; a script must give it")
    private boolean given;

    /** Nothing given yet. */
    public Confirmation() {}

    /** Whether it has been given beforehand, so that nobody needs to be asked. */
    public boolean isGiven() {
        return given;
    }

    /**
     * Requires a yes.
     *
     * @param question what is about to happen, as a question
     * @throws UsageException if there is nobody to ask
     * @throws CommandFailed if the answer is another
     */
    public void require(Terminal terminal, String question) {
        if (given) {
            return;
        }
        if (terminal.prompt().isEmpty()) {
            throw new UsageException("there is no terminal to ask on whether this is really meant: add --yes");
        }
        terminal.err().print(Text.onOneLine(question) + " [y/N] ");
        terminal.err().flush();
        if (!YES.contains(answer(terminal).strip().toLowerCase(Locale.ROOT))) {
            throw new CommandFailed("that was no yes: nothing was changed", null);
        }
    }

    private static String answer(Terminal terminal) {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = terminal.in().read();
                    b != -1 && b != '\n';
                    b = terminal.in().read()) {
                if (line.size() < LONGEST_ANSWER) {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailed("the answer cannot be read: " + e.getMessage(), e);
        }
    }
}
