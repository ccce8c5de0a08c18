package io.aipanel.domain.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleKeyTest {

    @Test
    void anAccountCountsByItsNormalisedAddress() {
        assertThat(ThrottleKey.account(new EmailAddress("Anna@Example.com")).value())
                .isEqualTo("account:anna@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8:0:1::1",
                "2001:db8:0:1:ffff:ffff:ffff:ffff",
                "2001:0DB8:0000:0001:0:0:0:2",
                "2001:DB8:0:1::3%eth0",
                "2001:db8:0:1::192.0.2.7"
            })
    void anIpv6AddressCountsByItsFirst64Bits(String address) {
        assertThat(ThrottleKey.address(address)).isEqualTo(ThrottleKey.address("2001:db8:0:1::"));
    }

    @Test
    void neighbouringNetworksCountApart() {
        assertThat(ThrottleKey.address("2001:db8:0:1::1")).isNotEqualTo(ThrottleKey.address("2001:db8:0:2::1"));
        assertThat(ThrottleKey.address("::1")).isNotEqualTo(ThrottleKey.address("2001:db8::1"));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207"})
    void anIpv4AddressCountsAsAWhole(String address) {
        assertThat(ThrottleKey.address(address)).isEqualTo(new ThrottleKey("address:192.0.2.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "a:b:c", "::::", "1:2", "example.com", "12345::1"})
    void otherTextCountsAsItIs(String text) {
        assertThat(ThrottleKey.address(text).value()).isEqualTo("address:" + text);
    }

    @Test
    void anAccountIsNoAddress() {
        assertThat(ThrottleKey.account(new EmailAddress("a@b")).value()).startsWith("account:");
        assertThat(ThrottleKey.address("a@b").value()).startsWith("address:");
    }

    @Test
    void aKeyThatIsBlankOrTooLongIsRefused() {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new ThrottleKey(" "));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> ThrottleKey.address("x".repeat(505)));
    }

    @Test
    void aThrottleIsPositive() {
        assertThat(new LoginThrottle(1, Duration.ofNanos(1)).failures()).isEqualTo(1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new LoginThrottle(0, Duration.ofMinutes(1)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new LoginThrottle(1, Duration.ZERO));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new LoginThrottle(1, Duration.ofMinutes(-1)));
    }
}
