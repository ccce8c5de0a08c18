package io.aipanel.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StretchingTest {

    /** From the tests of the reference implementation of Argon2. */
    @Test
    void itIsArgon2id() {
        String salt = HexFormat.of().formatHex("somesalt".getBytes(StandardCharsets.US_ASCII));
        SealKey expected = new SealKey(
                HexFormat.of().parseHex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"));

        SealKey key = new Stretching(65_536, 2, 1, salt).key(new Secret("password"));

        assertThat(key.line()).isEqualTo(expected.line());
    }

    @Test
    void everySaltIsAnother() {
        assertThat(Stretching.fresh()).isNotEqualTo(Stretching.fresh());
    }

    @ParameterizedTest
    @CsvSource({
        "262145, 1, 1, 0011223344556677",
        "64, 65, 1, 0011223344556677",
        "64, 1, 17, 0011223344556677",
        "64, 0, 1, 0011223344556677",
        "64, 1, 1, 00112233445566",
        "64, 1, 1, 001122334455667g"
    })
    void whatWouldTakeTooMuchOrTooLittleIsRefused(int memoryKib, int passes, int lanes, String salt) {
        assertThatThrownBy(() -> new Stretching(memoryKib, passes, lanes, salt))
                .isInstanceOf(InvalidValueException.class);
    }
}
