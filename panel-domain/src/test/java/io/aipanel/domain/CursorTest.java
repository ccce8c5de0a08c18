package io.aipanel.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void aCursorIsReadAsItIsWritten() {
        for (Cursor cursor : List.of(
                Cursor.of("anna@example.com"),
                Cursor.of(""),
                Cursor.of("", ""),
                Cursor.of("17", "\uD83D\uDE00 '%_\\", "", "d"))) {
            assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
            assertThat(cursor.encode()).as("fits into a URL").matches("[A-Za-z0-9_-]*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "a", "a b", "AAAAAA", "_w", "YQBhAGEAYQBh", "7aCA", "YR", "YQ=="})
    void whatNoCursorEncodesIsRefused(String text) {
        // In turn: not Base64, half a byte, a blank, five empty parts, not UTF-8, five parts, half a surrogate pair,
        // bits left over, padding.
        assertRefused(() -> Cursor.decode(text));
    }

    @Test
    void aCursorHasOneToFourParts() {
        assertRefused(() -> new Cursor(List.of()));
        assertRefused(() -> Cursor.of("a", "b", "c", "d", "e"));
    }

    @Test
    void partsAreCheckedAsText() {
        assertRefused(() -> Cursor.of("a\0b"));
        assertRefused(() -> Cursor.of("\uD83D"));
        assertRefused(() -> Cursor.of("x".repeat(Text.INDEXED_BYTES + 1)));
        assertThat(Cursor.of("x".repeat(Text.INDEXED_BYTES)).text(0)).hasSize(Text.INDEXED_BYTES);
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        Cursor cursor = Cursor.of("17", "text");

        assertThat(cursor.ofSize(2)).isEqualTo(cursor);
        assertThat(cursor.number(0)).isEqualTo(17);
        assertThat(cursor.text(1)).isEqualTo("text");
        assertRefused(() -> cursor.ofSize(1));
        assertRefused(() -> cursor.ofSize(3));
        assertRefused(() -> cursor.number(1));
        assertRefused(() -> cursor.text(2));
        assertRefused(() -> cursor.value(1, UUID::fromString));
        assertRefused(() -> Cursor.of("9223372036854775808").number(0));
    }

    @Test
    void timesAreRefusedThatNoStoreHolds() {
        Instant time = Instant.parse("1969-12-31T23:59:59.999999Z");

        assertThat(Cursor.of(Long.toString(Timestamps.toEpochMicros(time))).time(0))
                .isEqualTo(time);
        assertRefused(() -> Cursor.of(Long.toString(Long.MAX_VALUE)).time(0));
        assertRefused(() -> Cursor.of(Long.toString(Long.MIN_VALUE)).time(0));
        assertRefused(() -> Cursor.of("yesterday").time(0));
    }

    @Test
    void theEncodedFormStaysTheSameOverReleases() {
        assertThat(Cursor.of("17", "a").encode())
                .isEqualTo(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("17\0a".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("MTcAYQ");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(call::call)
                .satisfies(e -> assertThat(e.field()).isEqualTo("cursor"));
    }
}
