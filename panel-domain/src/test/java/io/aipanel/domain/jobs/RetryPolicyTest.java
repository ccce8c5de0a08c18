package io.aipanel.domain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "4, 80", "9, 2560", "10, 3600", "1000, 3600"})
    void theDelayDoublesUpToItsLimit(int attempt, long seconds) {
        assertThat(RetryPolicy.DEFAULT.delayAfter(attempt, 0)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void chanceTakesAwayAtMostAQuarter() {
        for (int attempt = 1; attempt < 12; attempt++) {
            Duration whole = RetryPolicy.DEFAULT.delayAfter(attempt, 0);
            assertThat(RetryPolicy.DEFAULT.delayAfter(attempt, ALMOST_ONE))
                    .isBetween(whole.multipliedBy(3).dividedBy(4), whole);
            assertThat(RetryPolicy.DEFAULT.delayAfter(attempt, 0.5))
                    .isEqualTo(whole.multipliedBy(7).dividedBy(8));
        }
    }

    @Test
    void theLongestDelaysDoNotOverflow() {
        RetryPolicy longest = new RetryPolicy(RetryPolicy.MAX_ATTEMPTS, Duration.ofDays(1), Duration.ofDays(7));

        assertThat(longest.delayAfter(RetryPolicy.MAX_ATTEMPTS, 0)).isEqualTo(Duration.ofDays(7));
        assertThat(longest.delayAfter(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void noDelayStaysNone() {
        assertThat(new RetryPolicy(5, Duration.ZERO, Duration.ofHours(1)).delayAfter(1000, 0.5))
                .isZero();
        assertThat(RetryPolicy.NEVER.maxAttempts()).isEqualTo(1);
    }

    @Test
    void aDelayOutOfRangeIsRefused() {
        assertThat(RetryPolicy.requireDelay(Duration.ZERO)).isZero();
        assertThat(RetryPolicy.requireDelay(Duration.ofDays(365))).isEqualTo(Duration.ofDays(365));
        for (Duration delay :
                List.of(Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> RetryPolicy.requireDelay(delay));
        }
    }

    @Test
    void aPolicyOutOfRangeIsRefused() {
        Duration second = Duration.ofSeconds(1);
        refused("maxAttempts", 0, second, second);
        refused("maxAttempts", 1001, second, second);
        refused("firstDelay", 1, Duration.ofNanos(-1), second);
        refused("firstDelay", 1, Duration.ofDays(1).plusNanos(1), Duration.ofDays(7));
        refused("maxDelay", 1, second, second.minusNanos(1));
        refused("maxDelay", 1, second, Duration.ofDays(7).plusNanos(1));
    }

    private static void refused(String field, int maxAttempts, Duration firstDelay, Duration maxDelay) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new RetryPolicy(maxAttempts, firstDelay, maxDelay))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
