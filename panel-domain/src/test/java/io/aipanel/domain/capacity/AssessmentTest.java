package io.aipanel.domain.capacity;

import static io.aipanel.domain.capacity.ThresholdState.BREACHED;
import static io.aipanel.domain.capacity.ThresholdState.OK;
import static io.aipanel.domain.capacity.ThresholdState.UNKNOWN;
import static io.aipanel.domain.capacity.ThresholdState.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With a limit of 100, a warning from 80 on, a window of three minutes and a hysteresis of five in a hundred. */
final class AssessmentTest {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final CapacityRules RULES =
            CapacityRules.DEFAULT.window(Duration.ofMinutes(3)).minimumInterval(Duration.ofMinutes(10));

    /** A window; a dash is a minute that nobody measured. */
    private static Assessment window(String values) {
        List<Optional<Double>> window = Arrays.stream(values.split(" "))
                .map(text -> text.equals("-") ? Optional.<Double>empty() : Optional.of(Double.valueOf(text)))
                .toList();
        return new Assessment(RULES, Threshold.SESSIONS, window);
    }

    private static ThresholdState after(ThresholdState before, String values) {
        return window(values)
                .after(new ThresholdStatus(Threshold.SESSIONS, before, T0, Optional.empty()), T0.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource({
        "101 101 101, BREACHED",
        "100 101 101, WARNING",
        "80 80 80, WARNING",
        "79 101 101, OK",
        "1 - -, OK",
        "0 0 0, OK",
        "101 101 -, UNKNOWN",
        "- 90 90, UNKNOWN",
        "- - -, UNKNOWN",
    })
    void whatWasNotKnownBeforeIsJudgedByEveryMinuteOfTheWindow(String window, ThresholdState expected) {
        assertThat(window(window).first()).isEqualTo(expected);
    }

    @Test
    void aBurstDoesNotAlarm() {
        assertThat(after(OK, "1 10000 10000")).isEqualTo(OK);
        assertThat(after(OK, "10000 10000 10000")).isEqualTo(BREACHED);
    }

    @Test
    void aLimitThatIsReachedIsNotPassed() {
        assertThat(after(OK, "100 100 100")).isEqualTo(WARNING);
    }

    @Test
    void aMinuteThatNobodyMeasuredProvesNothing() {
        assertThat(after(OK, "101 - 101")).isEqualTo(OK);
        assertThat(after(WARNING, "1 - 1")).isEqualTo(WARNING);
        assertThat(after(BREACHED, "1 - 1")).isEqualTo(BREACHED);
    }

    @ParameterizedTest
    @EnumSource(ThresholdState.class)
    void aWindowThatNobodyMeasuredIsUnknown(ThresholdState before) {
        assertThat(after(before, "- - -")).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "BREACHED, 95 95 95, BREACHED",
        "BREACHED, 94 94 94, WARNING",
        "BREACHED, 94 101 94, BREACHED",
        "BREACHED, 75 75 75, OK",
        "BREACHED, 76 75 75, WARNING",
        "WARNING, 76 76 76, WARNING",
        "WARNING, 75 75 75, OK",
        "WARNING, 75 90 75, WARNING",
        "WARNING, 101 101 101, BREACHED",
    })
    void aStateEndsWhenEveryMinuteIsBelowByTheHysteresis(
            ThresholdState before, String window, ThresholdState expected) {
        assertThat(after(before, window)).isEqualTo(expected);
    }

    @Test
    void aStateBecomesBetterNoSoonerThanTheMinimumInterval() {
        ThresholdStatus breached = new ThresholdStatus(Threshold.SESSIONS, BREACHED, T0, Optional.empty());
        Assessment calm = window("1 1 1");

        assertThat(calm.after(breached, T0.plus(Duration.ofMinutes(10)).minusNanos(1)))
                .isEqualTo(BREACHED);
        assertThat(calm.after(breached, T0.plus(Duration.ofMinutes(10)))).isEqualTo(OK);
    }

    @Test
    void aStateBecomesWorseAtOnce() {
        ThresholdStatus ok = new ThresholdStatus(Threshold.SESSIONS, OK, T0, Optional.empty());
        ThresholdStatus unknown = new ThresholdStatus(Threshold.SESSIONS, UNKNOWN, T0, Optional.empty());

        assertThat(window("101 101 101").after(ok, T0)).isEqualTo(BREACHED);
        assertThat(window("1 1 1").after(unknown, T0)).isEqualTo(OK);
    }

    @ParameterizedTest
    @CsvSource({"80, 79.9", "100, 100.1", "100, 0", "90, 70"})
    void whatHoversAboutALineChangesNothingAfterThat(double one, double other) {
        List<ThresholdState> states = new ArrayList<>();
        ThresholdStatus status = new ThresholdStatus(Threshold.SESSIONS, OK, T0, Optional.empty());
        List<Optional<Double>> values = new ArrayList<>(Collections.nCopies(3, Optional.of(0.0)));
        for (int minute = 1; minute <= 1_000; minute++) {
            values.remove(0);
            values.add(Optional.of(minute % 2 == 0 ? one : other));
            Instant now = T0.plus(Duration.ofMinutes(minute));
            ThresholdState next = new Assessment(RULES, Threshold.SESSIONS, values).after(status, now);
            if (next != status.state()) {
                states.add(next);
                status = new ThresholdStatus(Threshold.SESSIONS, next, now, Optional.empty());
            }
        }

        assertThat(states).as("changes in a thousand minutes").hasSizeLessThanOrEqualTo(1);
    }
}
