package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.capacity.Histogram;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.storage.StoreCorrupt;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");

    private static Sample latency(int number, double milliseconds) {
        Spread spread = new Spread(Series.WRITE_PANEL);
        org.HdrHistogram.Histogram measured = new org.HdrHistogram.Histogram(2);
        measured.recordValueWithCount(Math.round(milliseconds * 1_000), number);
        spread.add(measured);
        return spread.sample(Series.WRITE_PANEL, Step.MINUTE, T0, "host");
    }

    @Test
    void percentilesAreThoseOfAllValuesAndNotTheMeanOfPercentiles() {
        Spread spread = new Spread(Series.WRITE_PANEL);
        spread.add(latency(9_900, 1));
        spread.add(latency(100, 1_000));

        HistoryPoint.Values values = spread.values().orElseThrow();

        assertThat(values.count()).isEqualTo(10_000);
        assertThat(values.p95()).as("the slow ones are one in a hundred").isCloseTo(1, Percentage.withPercentage(1));
        assertThat(values.mean()).isCloseTo(10.99, Percentage.withPercentage(1));
        assertThat(values.min()).isCloseTo(1, Percentage.withPercentage(1));
        assertThat(values.max()).isCloseTo(1_000, Percentage.withPercentage(1));
    }

    @Test
    void singleValuesAreKeptAsTheyAre() {
        Spread spread = new Spread(Series.AUDIT_BYTES);
        spread.add(Sample.of(Series.AUDIT_BYTES, T0, 10_000_000_001d));
        spread.add(Sample.of(Series.AUDIT_BYTES, T0, 10_000_000_003d));

        Sample hour = spread.sample(Series.AUDIT_BYTES, Step.HOUR, T0, Sample.SHARED);

        assertThat(hour.min()).isEqualTo(10_000_000_001d);
        assertThat(hour.mean()).isEqualTo(10_000_000_002d);
        assertThat(hour.max()).isEqualTo(10_000_000_003d);
        assertThat(spread.p95()).isLessThanOrEqualTo(hour.max()).isCloseTo(1e10, Percentage.withPercentage(1));
    }

    @Test
    void whatIsPutTogetherTwiceIsTheSame() {
        Random random = new Random(42);
        Spread minutes = new Spread(Series.WRITE_PANEL);
        Spread hours = new Spread(Series.WRITE_PANEL);
        for (int hour = 0; hour < 24; hour++) {
            Spread one = new Spread(Series.WRITE_PANEL);
            for (int minute = 0; minute < 60; minute++) {
                Sample sample = latency(1 + random.nextInt(100), 0.2 + 5 * random.nextDouble());
                minutes.add(sample);
                one.add(sample);
            }
            hours.add(one.sample(Series.WRITE_PANEL, Step.HOUR, T0, Sample.SHARED));
        }

        assertThat(hours.values().orElseThrow().count())
                .isEqualTo(minutes.values().orElseThrow().count());
        assertThat(hours.p95()).isCloseTo(minutes.p95(), Percentage.withPercentage(3));
        assertThat(hours.values().orElseThrow().mean())
                .isCloseTo(minutes.values().orElseThrow().mean(), within(1e-6));
    }

    @Test
    void howeverManyValuesDifferTheyFitInTheirRoomAndStayNearTheTruth() {
        Spread spread = new Spread(Series.WRITE_QUEUE);
        org.HdrHistogram.Histogram measured = new org.HdrHistogram.Histogram(2);
        Random random = new Random(7);
        double[] all = new double[500_000];
        for (int i = 0; i < all.length; i++) {
            long micros = Math.round(Math.exp(7 + 2 * random.nextGaussian()));
            all[i] = micros / 1_000d;
            measured.recordValue(micros);
        }
        spread.add(measured);
        java.util.Arrays.sort(all);

        Sample stored = spread.sample(Series.WRITE_QUEUE, Step.MINUTE, T0, "host");
        Spread read = new Spread(Series.WRITE_QUEUE);
        read.add(stored);

        assertThat(stored.histogram().orElseThrow().toBytes()).hasSizeLessThanOrEqualTo(Spread.MAX_BYTES);
        assertThat(read.p95()).isCloseTo(all[(int) (0.95 * all.length)], Percentage.withPercentage(5));
    }

    @Test
    void nothingIsNothing() {
        Spread spread = new Spread(Series.WRITE_AUDIT);
        spread.add(new org.HdrHistogram.Histogram(2));
        Sample none = spread.sample(Series.WRITE_AUDIT, Step.MINUTE, T0, "host");
        spread.add(none);

        assertThat(none.count()).isZero();
        assertThat(none.histogram()).isEmpty();
        assertThat(spread.values()).isEmpty();
        assertThat(spread.p95()).isZero();
    }

    @Test
    void aSampleThatCannotBeReadIsDamage() {
        Sample damaged = new Sample(
                Series.WRITE_AUDIT, Step.MINUTE, T0, "host", 1, 1, 1, 1, Optional.of(Histogram.of(new byte[] {1, 2, 3
                })));

        assertThatThrownBy(() -> new Spread(Series.WRITE_AUDIT).add(damaged))
                .isInstanceOf(StoreCorrupt.class)
                .hasMessageContaining("panel doctor");
    }
}
