package io.aipanel.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u00E9", "e\u0301", "\u20AC", "\uD83D\uDE00", "\uFFFF", "\uDBFF\uDFFF", "\u007F"})
    void textIsMeasuredInUtf8Bytes(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;

        assertThat(Text.check("field", text, bytes)).isSameAs(text);
        if (bytes > 0) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> Text.check("field", text, bytes - 1))
                    .withMessage("field must be at most %d bytes long in UTF-8 (it has %d)", bytes - 1, bytes)
                    .satisfies(e -> assertThat(e.field()).isEqualTo("field"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "a\0",
                "\uD83D",
                "\uDE00",
                "\uDE00\uD83D",
                "\uD83Da",
                "a\uD83D\uD83D\uDE00",
                "\uD83D\uDE00\uDE00"
            })
    void whatAStoreCannotHoldIsRefused(String text) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Text.check("field", text, 100));
    }

    @Test
    void theMessageSaysWhereTheTextIsBroken() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Text.check("field", "ab\0", 100))
                .withMessageContaining("U+0000")
                .withMessageContaining("position 2");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Text.check("field", "\uD83D\uDE00\uD83D", 100))
                .withMessageContaining("position 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void requiredTextIsNotBlank(String text) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Text.required("field", text, 100))
                .withMessage("field must not be empty");
    }

    @Test
    void requiredTextMayBeginAndEndBlank() {
        assertThat(Text.required("field", " a ", 3)).isEqualTo(" a ");
    }

    @Test
    void truncatedTextKeepsWholeCharacters() {
        assertThat(Text.truncated("abc", 3)).isEqualTo("abc");
        assertThat(Text.truncated("abcd", 3)).isEqualTo("abc");
        assertThat(Text.truncated("ab\u20AC", 4)).isEqualTo("ab");
        assertThat(Text.truncated("ab\u20AC", 5)).isEqualTo("ab\u20AC");
        assertThat(Text.truncated("\uD83D\uDE00", 3)).isEmpty();
        assertThat(Text.truncated("\uD83D\uDE00", 4)).isEqualTo("\uD83D\uDE00");
        assertThat(Text.truncated("abc", 0)).isEmpty();
    }

    @Test
    void truncatedTextReplacesWhatAStoreRefuses() {
        assertThat(Text.truncated("a\0b\uD83Dc\uDE00", 100)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
        assertThat(Text.truncated("\0\0", 5)).isEqualTo("\uFFFD");
    }

    @Test
    void truncatedTextIsAlwaysAccepted() {
        Random random = random("truncatedTextIsAlwaysAccepted");
        for (int i = 0; i < 2000; i++) {
            char[] units = new char[random.nextInt(20)];
            for (int j = 0; j < units.length; j++) {
                units[j] = (char) (random.nextInt(4) == 0 ? 0xD800 + random.nextInt(0x800) : random.nextInt(0x10000));
            }
            String text = new String(units);
            int max = random.nextInt(30);
            assertThat(Text.check("field", Text.truncated(text, max), max))
                    .as("%s cut to %d bytes", text, max)
                    .isNotNull();
        }
    }

    @Test
    void orderIsByCodePointAsStoresOrder() {
        List<String> inOrder = List.of(
                "",
                "A",
                "Aa",
                "Z",
                "a",
                "aa",
                "a\u0301",
                "\u00E9",
                "\uD7FF",
                "\uE000",
                "\uFF5E",
                "\uFFFF",
                "\uD800\uDC00",
                "\uD83D\uDE00",
                "\uD83D\uDE00a",
                "\uDBFF\uDFFF");
        for (int i = 0; i < inOrder.size(); i++) {
            for (int j = 0; j < inOrder.size(); j++) {
                assertThat(Integer.signum(Text.BY_CODE_POINT.compare(inOrder.get(i), inOrder.get(j))))
                        .as("%s against %s", inOrder.get(i), inOrder.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void orderIsThatOfUtf8BytesWhichBothEnginesUse() {
        Random random = random("orderIsThatOfUtf8BytesWhichBothEnginesUse");
        for (int i = 0; i < 5000; i++) {
            String left = randomText(random);
            String right = random.nextInt(3) == 0 ? left + randomText(random) : randomText(random);
            int bytes = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(Text.BY_CODE_POINT.compare(left, right)))
                    .as("%s against %s", left, right)
                    .isEqualTo(Integer.signum(bytes));
        }
    }

    private static String randomText(Random random) {
        int[] edges = {0x41, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFF5E, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(edges[random.nextInt(edges.length)]);
        }
        return text.toString();
    }

    private static Random random(String test) {
        long seed = Long.getLong("panel.test.seed", System.nanoTime());
        System.out.println(test + ": seed " + seed + " (repeat with -Dpanel.test.seed=" + seed + ")");
        return new Random(seed);
    }
}
