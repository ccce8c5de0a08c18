package io.aipanel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PasswordSourceTest {

    @Command
    static final class Host {
        @Mixin
        private final PasswordSource source = new PasswordSource();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "one\\n|one",
                "one\\ntwo\\n|one",
                "one\\r\\n|one",
                " spaces \\n| spaces ",
                "no end|no end",
                "pässwörd\\n|pässwörd"
            })
    void thePasswordIsTheFirstLineWithoutItsEnd(String in, String password) {
        String text = in.replace("\\n", "\n").replace("\\r", "\r");

        assertThat(fromStandardInput(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(new Secret(password));
    }

    @Test
    void anEmptyFirstLineIsNoPassword() {
        assertThatThrownBy(() -> fromStandardInput(new byte[0]))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no password");
        assertThatThrownBy(() -> fromStandardInput(new byte[] {'\n', 'a'}))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no password");
    }

    @Test
    void bytesThatAreNoTextAreNoPassword() {
        assertThatThrownBy(() -> fromStandardInput(new byte[] {(byte) 0xE4, '\n'}))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void somebodyAtTheTerminalIsAskedTwice() {
        List<String> questions = new ArrayList<>();

        assertThat(asking(questions, "s3cret-s3cret", "s3cret-s3cret")).isEqualTo(new Secret("s3cret-s3cret"));
        assertThat(questions).containsExactly("Password", "Password again");
    }

    @Test
    void twoAnswersThatDifferAreNoPassword() {
        assertThatThrownBy(() -> asking(new ArrayList<>(), "s3cret-s3cret", "s3cret-secret"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("differ")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        assertThatThrownBy(() -> parse().read(terminal(new byte[0], Optional.empty())))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--password-stdin");
    }

    private static Secret fromStandardInput(byte[] in) {
        return parse("--password-stdin").read(terminal(in, Optional.empty()));
    }

    private static Secret asking(List<String> questions, String... answers) {
        Deque<String> left = new ArrayDeque<>(List.of(answers));
        return parse().read(terminal(new byte[0], Optional.of(question -> {
            questions.add(question);
            return Optional.of(new Secret(left.removeFirst()));
        })));
    }

    private static PasswordSource parse(String... arguments) {
        Host host = new Host();
        new CommandLine(host).parseArgs(arguments);
        return host.source;
    }

    private static Terminal terminal(byte[] in, Optional<Terminal.Prompt> prompt) {
        return new Terminal(
                new ByteArrayInputStream(in),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                prompt);
    }
}
