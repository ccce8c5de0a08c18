package io.aipanel.domain.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.Com, example.com",
        "example.com., example.com",
        "'  example.com ', example.com",
        "localhost, localhost",
        "a, a",
        "1a.example, 1a.example",
        "4.example, 4.example",
        "a--b.example, a--b.example",
        // German, composed, decomposed, in capitals and full width
        "b\u00FCcher.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "B\u00DCCHER.example, xn--bcher-kva.example",
        "\uFF42\u00FC\uFF43\uFF48\uFF45\uFF52.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        // other scripts, and two of them in one label
        "\u4F8B\u3048.\u30C6\u30B9\u30C8, xn--r8jz45g.xn--zckzah",
        "\u043F\u0440\u0438\u043C\u0435\u0440.\u0440\u0444, xn--e1afmkfd.xn--p1ai",
        "\u0645\u062B\u0627\u0644.example, xn--mgbh0fb.example",
        "p\u0430ypal.example, xn--pypal-4ve.example",
        "\uD83D\uDE00.example, xn--e28h.example",
        // dots of other scripts
        "a\u3002b\uFF0Ec\uFF61example, a.b.c.example",
        "example\u3002, example",
        // what Turkish makes of I must not depend on the locale
        "INFO.example, info.example",
    })
    void everySpellingHasOneAsciiForm(String given, String ascii) {
        assertThat(new HostName(given).value()).isEqualTo(ascii);
        assertThat(new HostName(given)).isEqualTo(new HostName(ascii)).hasToString(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                ".example",
                "a..example",
                "example..",
                "-a.example",
                "a-.example",
                "a_b.example",
                "*.example",
                "*",
                "a b.example",
                "a/b",
                "user@example.com",
                "example.com:80",
                "http://example.com",
                "a\0b",
                "a\nb",
                "\u202Ea.example",
                "\uD83D.example",
                "'; DROP TABLE sites;--",
                "%",
                "a,b"
            })
    void whatIsNoNameOfAHostIsRefused(String given) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName(given))
                .satisfies(e -> assertThat(e.field()).isEqualTo("hostName"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "1",
                "0x7f.1",
                "a.1",
                "example.123",
                "127.1",
                "\uFF11\uFF19\uFF12.0.2.7",
                "[::1]",
                "::1",
                "2001:db8::1"
            })
    void addressesAreRefused(String given) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new HostName(given));
    }

    @Test
    void theMessageForAnAddressSaysSo() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName("192.0.2.7"))
                .withMessage("hostName must be a name, not an address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stra\u00DFe.example",
                "STRA\u1E9EE.example",
                "\u03B2\u03CC\u03BB\u03BF\u03C2.example",
                "a\u200Db.example",
                "a\u200Cb.example"
            })
    void charactersThatAreReadInTwoWaysAreRefused(String given) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName(given))
                .withMessageContaining("xn--");
    }

    @Test
    void theAsciiFormOfSuchALabelIsKept() {
        // faß.example by IDNA2008; IDNA2003 would have made it fass.example.
        assertThat(new HostName("xn--fa-hia.example").value()).isEqualTo("xn--fa-hia.example");
    }

    @Test
    void aLabelHasAtMost63Characters() {
        assertThat(new HostName("a".repeat(63) + ".example").value()).hasSize(71);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName("a".repeat(64) + ".example"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName("\u00FC".repeat(63) + ".example"))
                .withMessageContaining("63");
    }

    @Test
    void aNameHasAtMost253Characters() {
        String longest = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);

        assertThat(new HostName(longest + ".").value()).isEqualTo(longest).hasSize(253);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName(longest + "d"))
                .withMessageContaining("253");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new HostName("a.".repeat(1_000_000)))
                .withMessageContaining("253");
    }

    @Test
    void theFormForPeopleIsReadBackAsTheSameName() {
        HostName name = new HostName("www.b\u00FCcher.example");

        assertThat(name.toUnicode()).isEqualTo("www.b\u00FCcher.example");
        assertThat(new HostName(name.toUnicode())).isEqualTo(name);
    }

    @Test
    void namesOrderByTheirAsciiForm() {
        assertThat(new HostName("a-b.example")).isLessThan(new HostName("a.example"));
        assertThat(new HostName("z.example")).isGreaterThan(new HostName("\u00E9.example"));
    }

    @Test
    void theResultOfAnyAcceptedTextIsAFixedPoint() {
        long seed = Long.getLong("panel.test.seed", System.nanoTime());
        System.out.println("theResultOfAnyAcceptedTextIsAFixedPoint: seed " + seed);
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 50_000; i++) {
            String given = randomName(random);
            String value;
            try {
                value = new HostName(given).value();
            } catch (InvalidValueException e) {
                assertThat(e.field()).isEqualTo("hostName");
                continue;
            }
            accepted++;
            assertThat(value)
                    .as("ASCII form of %s", given)
                    .matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
                    .hasSizeLessThanOrEqualTo(253)
                    .isEqualTo(value.toLowerCase(Locale.ROOT));
            assertThat(new HostName(value).value())
                    .as("ASCII form of the ASCII form of %s", given)
                    .isEqualTo(value);
            assertThat(new HostName(value.toUpperCase(Locale.ROOT)).value())
                    .as("capitals of %s", given)
                    .isEqualTo(value);
        }
        assertThat(accepted).as("names that were accepted").isGreaterThan(1000);
    }

    private static String randomName(Random random) {
        int[] pool = {
            'a', 'Z', '0', '9', '-', '.', 'x', 'n', 0x3002, 0xFF0E, 0xFF61, 0xE9, 0x301, 0xFC, 0x130, 0x131, 0x17F,
            0x212A, 0x2126, 0xDF, 0x3C2, 0x5D0, 0x644, 0x660, 0x4F8B, 0x3042, 0xFF21, 0xFF11, 0x1F600, 0xAC00, 0x1100,
            0x1161, 0x200D, 0x2460, 0xBD, 0x33A1, 0x1D400, 0x2024, 0x2028, 0xAD, 0x34F, 0xFE0F
        };
        StringBuilder name = new StringBuilder(random.nextInt(8) == 0 ? "xn--" : "");
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            name.appendCodePoint(
                    random.nextInt(20) == 0 ? random.nextInt(1, 0x110000) : pool[random.nextInt(pool.length)]);
        }
        return name.toString();
    }
}
