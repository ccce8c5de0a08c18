package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.capacity.Histogram;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class RollUpTest extends CapacityStore {

    private static final Instant DAY = Instant.parse("2026-02-27T00:00:00Z");

    private void run(Instant now) {
        new RollUp(storage.capacity()).run(now);
    }

    @Test
    void minutesBecomeHoursAndHoursBecomeDays() {
        List<Sample> minutes = new ArrayList<>();
        for (int minute = 0; minute < 24 * 60; minute++) {
            Instant at = DAY.plus(Duration.ofMinutes(minute));
            minutes.add(Sample.of(Series.SESSIONS, at, minute % 60));
            // In every hour one minute in which everything is slow.
            minutes.add(writes(Series.WRITE_QUEUE, Step.MINUTE, at, "a", 100, minute % 60 == 7 ? 500 : 2));
            minutes.add(writes(Series.WRITE_QUEUE, Step.MINUTE, at, "b", 100, 2));
        }
        storage.capacity().put(minutes);

        run(DAY.plus(Duration.ofHours(24)));

        assertThat(kept(Series.SESSIONS, Step.HOUR)).hasSize(24).allSatisfy(hour -> {
            assertThat(List.of(hour.count(), hour.source())).containsExactly(60L, "");
            assertThat(List.of(hour.min(), hour.mean(), hour.max())).containsExactly(0d, 29.5, 59d);
        });
        assertThat(kept(Series.WRITE_QUEUE, Step.HOUR)).hasSize(24).allMatch(hour -> hour.count() == 12_000);
        Sample day = kept(Series.WRITE_QUEUE, Step.DAY).get(0);
        Spread spread = new Spread(Series.WRITE_QUEUE);
        spread.add(day);
        assertThat(day.count()).isEqualTo(24 * 12_000);
        assertThat(spread.p95())
                .as("one slow minute in an hour is less than five in a hundred")
                .isCloseTo(2, Percentage.withPercentage(2));
        assertThat(day.max()).isCloseTo(500, Percentage.withPercentage(2));
        Spread sessions = new Spread(Series.SESSIONS);
        sessions.add(kept(Series.SESSIONS, Step.DAY).get(0));
        assertThat(sessions.p95()).as("of all minutes of the day").isEqualTo(56);
    }

    @Test
    void whatIsNotOverIsNotPutTogetherAndWhatWasNotMeasuredIsNotThere() {
        storage.capacity()
                .put(List.of(
                        Sample.of(Series.SESSIONS, DAY, 1),
                        Sample.of(Series.SESSIONS, DAY.plus(Duration.ofHours(2)), 1)));

        run(DAY.plus(Duration.ofMinutes(150)));

        assertThat(kept(Series.SESSIONS, Step.HOUR)).extracting(Sample::at).containsExactly(DAY);
        assertThat(kept(Series.SESSIONS, Step.DAY)).isEmpty();
    }

    @Test
    void doingItAgainTakesInWhatCameLateAndNothingElse() {
        storage.capacity().put(List.of(Sample.of(Series.SESSIONS, DAY, 1)));
        run(DAY.plus(Duration.ofHours(1)));
        storage.capacity().put(List.of(Sample.of(Series.SESSIONS, DAY.plusSeconds(60), 3)));

        run(DAY.plus(Duration.ofHours(1)));
        run(DAY.plus(Duration.ofHours(1)));

        assertThat(kept(Series.SESSIONS, Step.HOUR)).hasSize(1).allMatch(hour -> hour.count() == 2 && hour.max() == 3);
    }

    @Test
    void everyStepIsKeptForItsTime() {
        Instant now = DAY;
        for (Step step : Step.values()) {
            Instant kept = step.floor(now).minus(step.kept());
            storage.capacity()
                    .put(List.of(
                            writes(Series.WRITE_PANEL, step, kept, "", 1, 1),
                            writes(Series.WRITE_PANEL, step, kept.minus(step.length()), "", 1, 1)));
        }

        run(now);

        for (Step step : Step.values()) {
            assertThat(storage.capacity().oldest(step))
                    .as("the oldest %s", step)
                    .contains(step.floor(now).minus(step.kept()));
        }
    }

    /** Of the largest samples there are, in the order in which they come, with what goes meanwhile. */
    @Test
    void fiveYearsTakeLessThanTwentyMegabytes() {
        Random random = new Random(5);
        long before = storage.report().stores().get(0).bytes();
        Instant now = DAY;
        List<Sample> come = new ArrayList<>();
        for (Instant hour = now.minus(Duration.ofDays(1827));
                hour.isBefore(now);
                hour = hour.plus(Duration.ofHours(1))) {
            Duration age = Duration.between(hour, now);
            if (age.compareTo(Duration.ofHours(60)) < 0) {
                for (int minute = 0; minute < 60; minute++) {
                    come.addAll(largest(random, Step.MINUTE, hour.plus(Duration.ofMinutes(minute))));
                }
            }
            if (age.compareTo(Duration.ofDays(91)) < 0) {
                come.addAll(largest(random, Step.HOUR, hour));
            }
            if (hour.equals(Step.DAY.floor(hour))) {
                come.addAll(largest(random, Step.DAY, hour));
            }
            if (come.size() >= 360) {
                storage.capacity().put(come);
                come.clear();
                prune(hour);
            }
        }
        storage.capacity().put(come);
        prune(now);

        assertThat(storage.report().stores().get(0).rows().get("capacity_samples"))
                .isGreaterThan(41_000);
        assertThat(storage.report().stores().get(0).bytes() - before).isLessThan(20_000_000);
    }

    private void prune(Instant now) {
        for (Step step : Step.values()) {
            storage.capacity().prune(step, step.floor(now).minus(step.kept()), Integer.MAX_VALUE);
        }
    }

    private static List<Sample> largest(Random random, Step step, Instant at) {
        return Arrays.stream(Series.values())
                .map(series -> {
                    boolean single = step == Step.MINUTE && !series.isLatency();
                    byte[] bytes = new byte[Spread.MAX_BYTES];
                    random.nextBytes(bytes);
                    return new Sample(
                            series,
                            step,
                            at,
                            step == Step.MINUTE && series.isLatency() ? "panel.example.com" : Sample.SHARED,
                            1_000_000,
                            0.123,
                            1e9 * random.nextDouble(),
                            1e3 * random.nextDouble(),
                            single ? Optional.empty() : Optional.of(Histogram.of(bytes)));
                })
                .toList();
    }
}
