package io.aipanel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.5Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:59:30.9Z,2026-11-23 11:59:30Z (29 s ago)",
        "2026-11-23T11:01:00Z,2026-11-23 11:01:00Z (59 min ago)",
        "2026-11-22T11:00:00Z,2026-11-22 11:00:00Z (25 h ago)",
        "2026-11-13T12:00:00Z,2026-11-13 12:00:00Z (10 d ago)",
        "2026-11-23T12:05:01Z,2026-11-23 12:05:01Z (in 5 min)"
    })
    void aTimeIsShownExactlyAndRelatively(Instant time, String shown) {
        assertThat(Text.time(time, NOW)).isEqualTo(shown);
    }

    @Test
    void aMissingTimeIsADash() {
        assertThat(Text.time(Optional.empty(), NOW)).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1572864,1.5 MiB", "9223372036854775807,8192.0 PiB"})
    void aSizeIsShownInAUnitThatKeepsItShort(long bytes, String shown) {
        assertThat(Text.size(bytes)).isEqualTo(shown);
    }

    @Test
    void whatWouldSteerTheTerminalIsShownAsItsNumber() {
        assertThat(Text.onOneLine("a\nb\u001b[31mc\u009bd")).isEqualTo("a\\u000ab\\u001b[31mc\\u009bd");
    }

    @Test
    void columnsAreAlignedByCharactersNotByUnits() {
        Table table =
                new Table("NAME", "N").row("\uD83D\uDE00\uD83D\uDE00", "1").row("abcdef", "2");

        assertThat(table.lines()).containsExactly("NAME    N", "\uD83D\uDE00\uD83D\uDE00      1", "abcdef  2");
    }

    @Test
    void aTextTooLongForACellIsCutBetweenCharacters() {
        String text = "\uD83D\uDE00".repeat(100);

        assertThat(Text.shortened(text)).isEqualTo("\uD83D\uDE00".repeat(79) + "…");
        assertThat(Text.shortened("short")).isEqualTo("short");
    }

    @Test
    void aTextIsWrappedBetweenWords() {
        assertThat(Text.wrapped("one two three", 7)).containsExactly("one two", "three");
        assertThat(Text.wrapped("one two three", 3)).containsExactly("one", "two", "three");
        assertThat(Text.wrapped("", 3)).containsExactly("");
    }
}
