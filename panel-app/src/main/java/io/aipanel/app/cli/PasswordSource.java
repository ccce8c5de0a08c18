package io.aipanel.app.cli;

import io.aipanel.domain.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Where a command gets a password from: a prompt, or standard input. Never an argument, which others could see. */
public final class PasswordSource {

    /** More than any password, so that a file that was given by mistake is not read to its end. */
    private static final int MAX_BYTES = 8192;

    @Option(names = "--password-stdin", description = "Read the password from the first line of standard input")
    private boolean fromStandardInput;

    /** Nothing given yet. */
    public PasswordSource() {}

    /**
     * Reads the password, from a prompt twice.
     *
     * @throws UsageException if there is none, the two differ, or there is nobody to ask
     */
    public Secret read(Terminal terminal) {
        return fromStandardInput ? firstLine(terminal.in()) : ask(terminal);
    }

    private static Secret ask(Terminal terminal) {
        Terminal.Prompt prompt = terminal.prompt()
                .orElseThrow(() -> new UsageException(
                        "there is no terminal to ask for the password on: give it with --password-stdin"));
        Secret first = prompt.ask("Password").orElseThrow(() -> new UsageException("no password was given"));
        Secret second = prompt.ask("Password again").orElseThrow(() -> new UsageException("no password was given"));
        if (!first.equals(second)) {
            throw new UsageException("the two passwords differ: try again");
        }
        return first;
    }

    private static Secret firstLine(InputStream in) {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != -1 && b != '\n' && line.size() <= MAX_BYTES; b = in.read()) {
                line.write(b);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            if (text.isEmpty()) {
                throw new UsageException("no password came on standard input: its first line must be the password");
            }
            return new Secret(text);
        } catch (CharacterCodingException e) {
            throw new UsageException("the password on standard input is not UTF-8 text");
        } catch (IOException e) {
            throw new CommandFailed("standard input cannot be read: " + e.getMessage(), e);
        }
    }
}
