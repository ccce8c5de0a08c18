package io.aipanel.domain.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.capacity.Forecast.Headroom;
import io.aipanel.domain.capacity.Forecast.NoTrend;
import io.aipanel.domain.capacity.Forecast.Trend;
import io.aipanel.domain.capacity.Forecast.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastsTest {

    private static final double WARNING = 800;
    private static final double LIMIT = 1_000;

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final long SEED = Long.getLong("panel.test.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    @BeforeAll
    static void tellTheSeed() {
        System.out.println("ForecastsTest: seed " + SEED + " (repeat with -Dpanel.test.seed=" + SEED + ")");
    }

    @Test
    void aStraightLineReachesTheLimitWhenItDoes() {
        Trend trend = trend(hours(60, day -> 100 + 5 * day));

        double now = 100 + 5 * 60;
        assertThat(trend.perDay()).isCloseTo(5, within(1e-6));
        assertThat(trend.warning().orElseThrow().days()).isCloseTo((WARNING - now) / 5, within(0.01));
        DaysUntil limit = trend.limit().orElseThrow();
        assertThat(limit.days()).isCloseTo((LIMIT - now) / 5, within(0.01));
        assertThat(limit.high().orElseThrow() - limit.low()).isLessThan(0.01);
        assertThat(limit.isPast()).isFalse();
    }

    @Test
    void whatScattersHasAnIntervalAroundTheTruth() {
        Trend trend = trend(hours(60, day -> 100 + 5 * day + 40 * random.nextGaussian()));

        // Half as wide again as the interval, so that chance cannot break it.
        double spare = (trend.perDayHigh() - trend.perDayLow()) / 2;
        assertThat(5.0).as("seed %d", SEED).isBetween(trend.perDayLow() - 4 * spare, trend.perDayHigh() + 4 * spare);
        DaysUntil limit = trend.limit().orElseThrow();
        assertThat(limit.low()).as("seed %d", SEED).isLessThan(limit.days());
        assertThat(limit.high().orElseThrow()).as("seed %d", SEED).isGreaterThan(limit.days());
    }

    @Test
    void outliersDoNotTurnIt() {
        Trend trend = trend(hours(60, day -> random.nextInt(20) == 0 ? 100_000 : 100 + 5 * day));

        assertThat(trend.perDay()).as("seed %d", SEED).isCloseTo(5, within(0.1));
    }

    @Test
    void gapsDoNotCount() {
        List<Point> points = new ArrayList<>(hours(60, day -> 100 + 5 * day));
        points.removeIf(point -> Duration.between(START, point.at()).toDays() % 20 > 12);

        Trend trend = trend(points);

        assertThat(trend.perDay()).isCloseTo(5, within(1e-6));
    }

    @Test
    void neitherTheDayNorTheWeekIsATrend() {
        DoubleUnaryOperator daily = day -> 500 + 200 * Math.sin(2 * Math.PI * day);
        DoubleUnaryOperator weekly = day -> ((int) day) % 7 < 5 ? 500 : 200;

        for (double days : List.of(2.0, 2.5, 4.3, 7.0, 9.5, 17.5, 38.0, 90.0)) {
            assertThat(forecast(hours(days, daily))).isInstanceOf(NoTrend.class);
            assertThat(forecast(hours(days, weekly))).isInstanceOf(NoTrend.class);
        }
    }

    @Test
    void aTrendIsFoundBehindTheDayAndTheWeek() {
        Trend trend = trend(hours(
                70,
                day -> 100
                        + 5 * day
                        + 60 * Math.sin(2 * Math.PI * day)
                        + 40 * Math.sin(2 * Math.PI * day / 7)
                        + 5 * random.nextGaussian()));

        assertThat(trend.perDay()).as("seed %d", SEED).isCloseTo(5, within(0.3));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 45, 50, 57})
    void aStepIsNoTrend(int at) {
        assertThat(forecast(hours(60, day -> (day < at ? 100 : 500) + 5 * random.nextGaussian())))
                .as("seed %d", SEED)
                .satisfiesAnyOf(
                        forecast -> assertThat(forecast).isInstanceOf(NoTrend.class),
                        forecast -> assertThat(forecast).isInstanceOf(Unknown.class),
                        // One in twenty times chance makes a slope of what scatters after the step: a small one.
                        forecast -> assertThat(Math.abs(((Trend) forecast).perDay()))
                                .isLessThan(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15, 30, 45, 53})
    void afterACutItGrowsAgainFromThere(int at) {
        Trend trend = trend(hours(60, day -> 8 * (day < at ? day : day - at)));

        double now = 8 * (60 - at);
        assertThat(trend.perDay()).isCloseTo(8, within(0.1));
        assertThat(trend.limit().orElseThrow().days()).isCloseTo((LIMIT - now) / 8, within(2.0));
    }

    @Test
    void whatHasStoppedGrowingDoesNotReachTheLimit() {
        Forecast forecast = forecast(hours(60, day -> 600 * (1 - Math.exp(-day / 5))));

        if (forecast instanceof Trend trend) {
            assertThat(trend.limit()).isEmpty();
        } else {
            assertThat(forecast).isInstanceOf(NoTrend.class);
        }
    }

    @Test
    void whatHasBegunToGrowReachesIt() {
        Trend trend = trend(hours(60, day -> 100 + 10 * Math.max(0, day - 30)));

        assertThat(trend.perDay()).isCloseTo(10, within(0.5));
    }

    @Test
    void whatShrinksNeverReachesIt() {
        Trend trend = trend(hours(60, day -> 700 - 5 * day));

        assertThat(trend.perDay()).isCloseTo(-5, within(1e-6));
        assertThat(trend.warning()).isEmpty();
        assertThat(trend.limit()).isEmpty();
    }

    @Test
    void whatHardlyGrowsReachesItNotWithinTenYears() {
        Trend trend = trend(hours(60, day -> 100 + 0.01 * day));

        assertThat(trend.limit()).isEmpty();
    }

    @Test
    void whatIsPastItIsSo() {
        Trend trend = trend(hours(60, day -> 850 + day));

        assertThat(trend.warning()).contains(DaysUntil.NOW);
        assertThat(trend.warning().orElseThrow().isPast()).isTrue();
        assertThat(trend.limit().orElseThrow().days()).isCloseTo(90, within(0.1));
    }

    @Test
    void whatStaysTheSameHasNoTrend() {
        assertThat(forecast(hours(60, day -> 500))).isInstanceOf(NoTrend.class);
        assertThat(forecast(hours(3, day -> 0))).isInstanceOf(NoTrend.class);
    }

    @Test
    void aLogThatGrowsAllTheTimeIsForeseenAfterTwoDays() {
        Trend trend = trend(hours(2.1, day -> 100 * day));

        assertThat(trend.perDay()).isCloseTo(100, within(0.1));
        assertThat(trend.limit().orElseThrow().days()).isCloseTo(10 - 2.1, within(0.1));
    }

    @Test
    void tooLittleSaysNothing() {
        assertThat(forecast(List.of())).isInstanceOf(Unknown.class);
        assertThat(forecast(hours(1.9, day -> 100 * day))).isInstanceOf(Unknown.class);
        // A panel that was there on the first day and on the last five.
        List<Point> points = new ArrayList<>(hours(60, day -> day));
        points.removeIf(point -> {
            long day = Duration.between(START, point.at()).toDays();
            return day > 0 && day < 56;
        });
        assertThat(forecast(points)).isInstanceOf(Unknown.class);
    }

    @Test
    void manyPointsAreTakenTogether() {
        List<Point> minutes = IntStream.range(0, 90 * 1_440)
                .mapToObj(minute -> new Point(START.plus(Duration.ofMinutes(minute)), minute / 1_440.0))
                .toList();

        assertThat(trend(minutes).perDay()).isCloseTo(1, within(1e-6));
    }

    @Test
    void whatWasBeforeTheHistoryDoesNotCount() {
        Trend trend = trend(hours(400, day -> day < 300 ? 900 - 3 * day : 5 * (day - 300)));

        assertThat(trend.perDay()).isCloseTo(5, within(1e-6));
    }

    /** Of noise of many kinds no more than about one series in twenty may seem to have a trend; 300 of each are asked. */
    @Test
    void noiseHasNoTrend() {
        int number = 300;
        for (double kept : List.of(0.0, 0.5)) {
            for (int days : List.of(3, 8, 30, 75)) {
                int claims = 0;
                for (int i = 0; i < number; i++) {
                    claims += forecast(noise(days, kept)) instanceof Trend ? 1 : 0;
                }
                // Five in a hundred, and five standard deviations of chance.
                double deviation = Math.sqrt(0.05 * 0.95 / number);
                assertThat((double) claims / number)
                        .as("seed %d, %d days, %s kept", SEED, days, kept)
                        .isLessThan(0.05 + 5 * deviation);
            }
        }
    }

    @Test
    void aDaysHighestValueIsItsPeak() {
        List<Point> peaks = Forecasts.dailyPeaks(hours(2.9, day -> 10 * Math.floor(day) + (day % 1 == 0.5 ? 5 : 0)));

        assertThat(peaks).containsExactly(peak(0, 5), peak(1, 15), peak(2, 25));
    }

    @Test
    void theBusiestWindowIsTheOneWhoseLowestMinuteIsTheHighest() {
        double[] values = {5, 90, 5, 30, 40, 35, 20, 1, 100};
        List<Point> minutes = minutes(0, values);

        assertThat(Forecasts.headroom(minutes, Duration.ofMinutes(3), 200))
                .isEqualTo(new Headroom(START.plusSeconds(180), 30, 0.15));
        assertThat(Forecasts.headroom(minutes, Duration.ofMinutes(1), 200))
                .isEqualTo(new Headroom(START.plusSeconds(480), 100, 0.5));
    }

    @Test
    void aWindowWithAGapIsNone() {
        List<Point> minutes = new ArrayList<>(minutes(0, 50, 50));
        minutes.addAll(minutes(3, 50, 7, 8, 9));

        assertThat(Forecasts.headroom(minutes, Duration.ofMinutes(3), 100))
                .isEqualTo(new Headroom(START.plus(Duration.ofMinutes(3)), 7, 0.07));
        assertThat(Forecasts.headroom(minutes, Duration.ofMinutes(5), 100)).isInstanceOf(Unknown.class);
        assertThat(Forecasts.headroom(List.of(), Duration.ofMinutes(5), 100)).isInstanceOf(Unknown.class);
    }

    @Test
    void everyBusiestWindowIsTheOneThatLookingAtAllOfThemFinds() {
        double[] values = random.doubles(500, 0, 100).map(Math::floor).toArray();
        for (int window : List.of(1, 2, 15, 60, 500)) {
            double highest = 0;
            for (int i = 0; i + window <= values.length; i++) {
                highest = Math.max(
                        highest,
                        IntStream.range(i, i + window)
                                .mapToDouble(j -> values[j])
                                .min()
                                .orElseThrow());
            }
            Headroom found = (Headroom) Forecasts.headroom(minutes(0, values), Duration.ofMinutes(window), 100);
            assertThat(found.value()).as("seed %d, window %d", SEED, window).isEqualTo(highest);
        }
    }

    @Test
    void kindsHaveNames() {
        assertThat(new Trend(1, 1, 1, Optional.empty(), Optional.empty()).kind())
                .isEqualTo("trend");
        assertThat(new NoTrend().kind()).isEqualTo("no-trend");
        assertThat(new Headroom(START, 1, 1).kind()).isEqualTo("headroom");
        assertThat(new Unknown().kind()).isEqualTo("unknown");
    }

    @Test
    void whatIsNoNumberOrNoIntervalIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(START, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new DaysUntil(1, 2, OptionalDouble.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new DaysUntil(1, 1, OptionalDouble.of(0.5)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DaysUntil(1, -1, OptionalDouble.empty()));
    }

    private static Forecast forecast(List<Point> points) {
        return Forecasts.trend(points, WARNING, LIMIT);
    }

    private static Trend trend(List<Point> points) {
        Forecast forecast = forecast(points);
        assertThat(forecast).as("seed %d", SEED).isInstanceOf(Trend.class);
        return (Trend) forecast;
    }

    private static List<Point> hours(double days, DoubleUnaryOperator value) {
        return IntStream.range(0, (int) Math.round(days * 24) + 1)
                .mapToObj(hour -> new Point(START.plus(Duration.ofHours(hour)), value.applyAsDouble(hour / 24.0)))
                .toList();
    }

    /** Noise of which each hour keeps a part of the hour before. */
    private List<Point> noise(int days, double kept) {
        double[] before = {0};
        return hours(days, day -> 100 + (before[0] = kept * before[0] + random.nextGaussian()));
    }

    private static List<Point> minutes(int from, double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Point(START.plus(Duration.ofMinutes(from + i)), values[i]))
                .toList();
    }

    private static Point peak(int day, double value) {
        return new Point(START.plus(Duration.ofDays(day)), value);
    }
}
