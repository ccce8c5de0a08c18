package io.aipanel.domain.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "anna@example.com, anna@example.com",
        "'  Anna@Example.COM ', anna@example.com",
        "rene\u0301@example.com, ren\u00E9@example.com",
        "RENE\u0301@example.com, ren\u00E9@example.com",
        "a.b+c_d%e'f@localhost, a.b+c_d%e'f@localhost",
        "\uD83D\uDE00@example.com, \uD83D\uDE00@example.com",
        "INFO@example.com, info@example.com",
    })
    void everySpellingIsOneAddress(String given, String value) {
        assertThat(new EmailAddress(given).value()).isEqualTo(value);
        assertThat(new EmailAddress(given)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "anna",
                "@example.com",
                "anna@",
                "a@b@c",
                "a b@example.com",
                "a@exam ple.com",
                "a\u0000@example.com",
                "a\n@example.com",
                "<a@example.com>",
                "a,b@example.com",
                "\"a\"@example.com",
                "a@[192.0.2.7]",
                "a@b\\c",
                "\uD83D@example.com",
                "a\u00A0b@example.com",
                "a\u2028@example.com",
                "a\u0085b@example.com",
                "a\u200Bb@example.com",
                "\u202Ea@example.com"
            })
    void whatIsNoAddressIsRefused(String given) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new EmailAddress(given))
                .satisfies(e -> assertThat(e.field()).isEqualTo("email"));
    }

    @Test
    void anAddressHasAtMost254Bytes() {
        assertThat(new EmailAddress("a".repeat(242) + "@example.com").value()).hasSize(254);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new EmailAddress("a".repeat(243) + "@example.com"));
    }

    @Test
    void theLimitIsThatOfTheNormalisedForm() {
        // U+0130 takes 2 bytes, its lower case i and U+0307 take 3.
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new EmailAddress("\u0130".repeat(100) + "@example.com"));
    }

    @Test
    void theResultOfAnyAcceptedTextIsAFixedPoint() {
        long seed = Long.getLong("panel.test.seed", System.nanoTime());
        System.out.println("theResultOfAnyAcceptedTextIsAFixedPoint: seed " + seed);
        Random random = new Random(seed);
        int[] pool = {
            'a', 'Z', 0x130, 0x131, 0x307, 0x301, 0x3A3, 0x3C2, 0xDF, 0x1E9E, 0x212A, 0x2126, 0x1F600, 0xAC00, 0x345
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int j = 1 + random.nextInt(6); j > 0; j--) {
                name.appendCodePoint(pool[random.nextInt(pool.length)]);
            }
            String value = new EmailAddress(name + "@example.com").value();
            assertThat(new EmailAddress(value).value())
                    .as("the address of %s", name)
                    .isEqualTo(value);
            assertThat(value)
                    .as("composed and in lower case")
                    .isEqualTo(Normalizer.normalize(value, Normalizer.Form.NFC))
                    .isEqualTo(value.toLowerCase(Locale.ROOT));
        }
    }
}
