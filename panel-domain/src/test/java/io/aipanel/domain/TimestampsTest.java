package io.aipanel.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @Test
    void nanosecondsAreCutTowardsThePast() {
        assertThat(Timestamps.micros("at", Instant.parse("2026-01-01T00:00:00.123456999Z")))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
        assertThat(Timestamps.micros("at", Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }

    @Test
    void aLimitIsRoundedUp() {
        assertThat(Timestamps.microsUp("at", Instant.parse("2026-01-01T00:00:00.123456Z")))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
        assertThat(Timestamps.microsUp("at", Instant.parse("2026-01-01T00:00:00.123456001Z")))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123457Z"));
        assertThat(Timestamps.microsUp("at", Instant.parse("1969-12-31T23:59:59.999999001Z")))
                .isEqualTo(Instant.EPOCH);
        assertThat(Timestamps.microsUp("at", Timestamps.MAX.plusNanos(999))).isEqualTo(Timestamps.MAX);
    }

    @Test
    void theEndsAreIncluded() {
        assertThat(Timestamps.micros("at", Timestamps.MIN)).isEqualTo(Timestamps.MIN);
        assertThat(Timestamps.micros("at", Timestamps.MAX)).isEqualTo(Timestamps.MAX);
        assertThat(Timestamps.micros("at", Instant.parse("9999-12-31T23:59:59.999999999Z")))
                .isEqualTo(Timestamps.MAX);
    }

    @Test
    void whatLiesOutsideIsRefused() {
        for (Instant time :
                new Instant[] {Timestamps.MIN.minusNanos(1), Timestamps.MAX.plusNanos(1000), Instant.MIN, Instant.MAX
                }) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> Timestamps.micros("at", time))
                    .withMessage("at must lie between the years 1 and 9999");
            assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Timestamps.microsUp("at", time));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1582-10-10T00:00:00.000001Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.000001Z",
                "9999-12-31T23:59:59.999999Z"
            })
    void microsecondsAreReadAsTheyAreWritten(String text) {
        Instant time = Instant.parse(text);

        assertThat(Timestamps.ofEpochMicros(Timestamps.toEpochMicros(time))).isEqualTo(time);
    }

    @Test
    void timesBefore1970AreNegative() {
        assertThat(Timestamps.toEpochMicros(Instant.parse("1969-12-31T23:59:59.999999Z")))
                .isEqualTo(-1);
        assertThat(Timestamps.ofEpochMicros(-1_000_001)).isEqualTo(Instant.parse("1969-12-31T23:59:58.999999Z"));
    }
}
