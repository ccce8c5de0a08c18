package io.aipanel.domain.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.capacity.Forecast.Headroom;
import io.aipanel.domain.capacity.Forecast.NoTrend;
import io.aipanel.domain.capacity.Forecast.Trend;
import io.aipanel.domain.capacity.Forecast.Unknown;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final Optional<DaysUntil> NEVER = Optional.empty();

    @Test
    void aTrendTellsBothDaysWithTheirIntervals() {
        assertThat(told(trend(in(12.4, 9.2, 17.1), in(40, 31, 58))))
                .isEqualTo("It grows: 80 % of the limit in 12 days (9 to 17 days),"
                        + " the limit in 40 days (31 to 58 days).");
        assertThat(told(trend(in(0.5, 0.4, 1.2), in(900, 800, OptionalDouble.empty()))))
                .isEqualTo("It grows: 80 % of the limit in less than a day (less than a day to 1 day),"
                        + " the limit in 2.5 years (2.2 years or more).");
    }

    @Test
    void anIntervalThatIsNoneIsNotTold() {
        assertThat(told(trend(in(7, 6.9, 7.1), NEVER))).isEqualTo("It grows: 80 % of the limit in 7 days.");
        assertThat(told(trend(in(300, 200, 900), NEVER)))
                .isEqualTo("It grows: 80 % of the limit in 300 days (200 days to 2.5 years).");
    }

    @Test
    void whatIsPastIsNotTold() {
        Optional<DaysUntil> now = Optional.of(DaysUntil.NOW);

        assertThat(told(trend(now, in(40, 31, 58)))).isEqualTo("It grows: the limit in 40 days (31 to 58 days).");
        assertThat(told(trend(now, now))).isEqualTo("It grows: it is past the limit.");
    }

    @Test
    void whatIsFarAwayIsSo() {
        assertThat(told(trend(NEVER, NEVER))).isEqualTo("It grows, but reaches the limit not within ten years.");
        assertThat(told(trend(in(3000, 2900, 3100), NEVER)))
                .isEqualTo("It grows: 80 % of the limit in 8.2 years (7.9 to 8.5 years).");
        assertThat(told(new Trend(-1, -2, -0.5, NEVER, NEVER))).isEqualTo("It falls.");
    }

    @Test
    void theBusiestWindowTellsHowMuchRoomThereIs() {
        assertThat(told(headroom(0.12)))
                .isEqualTo("At its busiest it needed 12 % of the limit; there is room for 8 times as much.");
        assertThat(told(headroom(0.7))).isEqualTo("At its busiest it needed 70 % of the limit.");
        assertThat(told(headroom(0.023))).contains("2.3 % of the limit; there is room for 43 times");
        assertThat(told(headroom(0.00001))).contains("less than 0.1 % of the limit; there is room for 1000 times");
        assertThat(told(headroom(0))).isEqualTo("At its busiest it needed 0 % of the limit.");
    }

    @Test
    void whatIsNotKnownIsNotClaimed() {
        assertThat(told(new NoTrend())).startsWith("No trend");
        assertThat(told(new Unknown())).startsWith("Too little was measured");
    }

    private static String told(Forecast forecast) {
        return Outlook.of(forecast, 0.8);
    }

    private static Trend trend(Optional<DaysUntil> warning, Optional<DaysUntil> limit) {
        return new Trend(1, 0.5, 2, warning, limit);
    }

    private static Headroom headroom(double share) {
        return new Headroom(Instant.EPOCH, share * 500, share);
    }

    private static Optional<DaysUntil> in(double days, double low, double high) {
        return in(days, low, OptionalDouble.of(high));
    }

    private static Optional<DaysUntil> in(double days, double low, OptionalDouble high) {
        return Optional.of(new DaysUntil(days, low, high));
    }
}
