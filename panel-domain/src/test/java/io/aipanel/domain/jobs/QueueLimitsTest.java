package io.aipanel.domain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueLimitsTest {

    @Test
    void aQueueThatNobodyHasSetRunsOneAtATimeOfAKey() {
        assertThat(Queue.unset(QueueName.DEFAULT))
                .isEqualTo(new Queue(QueueName.DEFAULT, false, new QueueLimits(Optional.empty(), 1, Optional.empty())));
    }

    @Test
    void limitsAreOneToAHundredThousand() {
        assertThat(new QueueLimits(Optional.of(100_000), 100_000, Optional.empty()).maxRunning())
                .contains(100_000);
        for (int max : new int[] {0, -1, 100_001, Integer.MIN_VALUE}) {
            refused("maxRunning", () -> new QueueLimits(Optional.of(max), 1, Optional.empty()));
            refused("maxRunningPerKey", () -> new QueueLimits(Optional.empty(), max, Optional.empty()));
        }
    }

    @Test
    void aRateIsOneToAMillionInASecondToADay() {
        Duration second = Duration.ofSeconds(1);
        assertThat(new RateLimit(1_000_000, Duration.ofDays(1)).starts()).isEqualTo(1_000_000);
        assertThat(new RateLimit(1, second.plusNanos(1999)).period()).isEqualTo(second.plusNanos(1000));
        for (int starts : new int[] {0, -1, 1_000_001}) {
            refused("starts", () -> new RateLimit(starts, second));
        }
        for (Duration period : new Duration[] {
            Duration.ZERO,
            Duration.ofSeconds(-1),
            second.minusNanos(1),
            Duration.ofDays(1).plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE)
        }) {
            refused("period", () -> new RateLimit(1, period));
        }
    }

    private static void refused(String field, Runnable limits) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(limits::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
