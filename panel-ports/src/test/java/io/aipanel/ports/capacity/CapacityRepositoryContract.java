package io.aipanel.ports.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.capacity.Histogram;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How samples and states are kept. */
public interface CapacityRepositoryContract extends StoreContract {

    /** The first minute of the samples, which is the beginning of an hour and of a day, too. */
    Instant T0 = Instant.parse("2026-03-01T00:00:00Z");

    private static Sample gauge(Series series, int minute, double value) {
        return Sample.of(series, T0.plus(Duration.ofMinutes(minute)), value);
    }

    private static Sample latency(Step step, Instant at, String source, long count) {
        Histogram histogram = Histogram.of(new byte[] {0, 1, -128, 127, (byte) count});
        return new Sample(
                Series.WRITE_AUDIT, step, at, source, count, 0.125, 1.5 * count, 2.75, Optional.of(histogram));
    }

    private static List<Sample> minutes(CapacityRepository capacity, Series... series) {
        return capacity.samples(Set.of(series), Step.MINUTE, T0, T0.plus(Duration.ofDays(1)));
    }

    private static ThresholdStatus status(ThresholdState state, int minute) {
        return new ThresholdStatus(Threshold.SESSIONS, state, T0.plus(Duration.ofMinutes(minute)), Optional.empty());
    }

    @Test
    default void samplesComeBackToTheLastBit() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            Sample empty = new Sample(Series.WRITE_AUDIT, Step.MINUTE, T0, "host-a", 0, 0, 0, 0, Optional.empty());
            Sample full = latency(Step.HOUR, T0, "", 1_000_000_000_000L);
            Sample odd = gauge(Series.AUDIT_BYTES, 1, 0.1 + 0.2);

            capacity.put(List.of(empty, full, odd));

            assertThat(capacity.sample(Series.WRITE_AUDIT, Step.MINUTE, T0, "host-a"))
                    .as("a sample without values is a sample")
                    .contains(empty);
            assertThat(capacity.sample(Series.WRITE_AUDIT, Step.HOUR, T0, ""))
                    .as("a sample comes back with its histogram")
                    .contains(full);
            assertThat(capacity.sample(Series.AUDIT_BYTES, Step.MINUTE, odd.at(), ""))
                    .as("numbers come back to the last bit")
                    .contains(odd);
        }
    }

    @Test
    default void whatWasNotMeasuredIsAbsent() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            capacity.put(List.of());
            capacity.put(List.of(latency(Step.MINUTE, T0, "host-a", 1)));

            assertThat(List.of(
                            capacity.sample(Series.WRITE_PANEL, Step.MINUTE, T0, "host-a"),
                            capacity.sample(Series.WRITE_AUDIT, Step.HOUR, T0, "host-a"),
                            capacity.sample(Series.WRITE_AUDIT, Step.MINUTE, T0.plusSeconds(60), "host-a"),
                            capacity.sample(Series.WRITE_AUDIT, Step.MINUTE, T0, "host-b")))
                    .as("a sample is known by series, step, time and source")
                    .allMatch(Optional::isEmpty);
        }
    }

    @Test
    default void aSampleReplacesTheOneThatWasThere() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            Sample second = latency(Step.MINUTE, T0, "host-a", 2);
            capacity.put(List.of(latency(Step.MINUTE, T0, "host-a", 1), latency(Step.MINUTE, T0, "host-b", 7)));

            capacity.put(List.of(second));

            assertThat(minutes(capacity, Series.WRITE_AUDIT))
                    .as("of one series, step, time and source there is one sample")
                    .containsExactly(second, latency(Step.MINUTE, T0, "host-b", 7));
        }
    }

    @Test
    default void samplesComeInOrderOfTimeThenSeriesThenSource() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            Sample late = gauge(Series.SESSIONS, 2, 1);
            Sample early = gauge(Series.SESSIONS, 0, 2);
            Sample other = gauge(Series.JOBS_PER_MINUTE, 0, 3);
            Sample a = latency(Step.MINUTE, T0, "a", 1);
            Sample b = latency(Step.MINUTE, T0, "b", 1);
            capacity.put(List.of(late, b, early, a, other, latency(Step.HOUR, T0, "a", 1)));

            assertThat(minutes(capacity, Series.SESSIONS, Series.WRITE_AUDIT))
                    .as("the samples of the series and the step that are asked for, in order")
                    .containsExactly(early, a, b, late);
            assertThat(capacity.samples(EnumSet.allOf(Series.class), Step.MINUTE, T0, T0.plusSeconds(60)))
                    .as("the first time counts and the last one does not")
                    .containsExactly(other, early, a, b);
        }
    }

    @Test
    default void theOldestAndTheNewestAreThoseOfTheStep() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            assertThat(List.of(capacity.oldest(Step.MINUTE), capacity.newest(Step.MINUTE)))
                    .as("nothing was measured yet")
                    .allMatch(Optional::isEmpty);
            capacity.put(List.of(
                    gauge(Series.SESSIONS, 3, 1), gauge(Series.AUDIT_BYTES, 1, 1), latency(Step.HOUR, T0, "", 1)));

            assertThat(capacity.oldest(Step.MINUTE))
                    .as("the oldest of any series")
                    .contains(T0.plusSeconds(60));
            assertThat(capacity.newest(Step.MINUTE))
                    .as("the newest of any series")
                    .contains(T0.plusSeconds(180));
            assertThat(capacity.newest(Step.DAY)).as("no day is over yet").isEmpty();
        }
    }

    @Test
    default void oldSamplesGoOldestFirstAndOthersStay() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            IntStream.range(0, 5).forEach(minute -> capacity.put(List.of(gauge(Series.SESSIONS, minute, minute))));
            capacity.put(List.of(latency(Step.HOUR, T0, "", 1)));
            Instant before = T0.plus(Duration.ofMinutes(3));

            assertThat(capacity.prune(Step.MINUTE, before, 2))
                    .as("no more than wanted")
                    .isEqualTo(2);
            assertThat(capacity.oldest(Step.MINUTE)).as("the oldest go first").contains(T0.plusSeconds(120));
            assertThat(capacity.prune(Step.MINUTE, before, 10))
                    .as("those before the time")
                    .isEqualTo(1);
            assertThat(capacity.prune(Step.MINUTE, before, 10))
                    .as("nothing is left to remove")
                    .isZero();

            assertThat(minutes(capacity, Series.SESSIONS))
                    .as("what is not older stays")
                    .containsExactly(gauge(Series.SESSIONS, 3, 3), gauge(Series.SESSIONS, 4, 4));
            assertThat(capacity.newest(Step.HOUR)).as("other steps stay").contains(T0);
            assertThatThrownBy(() -> capacity.prune(Step.MINUTE, before, 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void aStateIsChangedByWhoKnowsWhatItWas() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            ThresholdStatus ok = status(ThresholdState.OK, 0);
            ThresholdStatus warning = new ThresholdStatus(
                    Threshold.SESSIONS, ThresholdState.WARNING, T0.plusSeconds(60), Optional.of(T0.plusSeconds(61)));

            assertThat(capacity.states()).as("nothing is known yet").isEmpty();
            assertThat(capacity.change(Optional.of(ok), warning))
                    .as("it was not what was expected")
                    .isFalse();
            assertThat(capacity.change(Optional.empty(), ok))
                    .as("nothing was known")
                    .isTrue();
            assertThat(capacity.change(Optional.empty(), warning))
                    .as("something is known")
                    .isFalse();
            assertThat(capacity.change(Optional.of(ok), warning))
                    .as("it was so")
                    .isTrue();
            assertThat(capacity.change(Optional.of(ok), status(ThresholdState.BREACHED, 9)))
                    .as("it is no longer so")
                    .isFalse();

            assertThat(capacity.states()).as("the state is the last one").containsExactly(warning);
        }
    }

    @Test
    default void statesComeInTheOrderOfTheThresholds() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            for (Threshold threshold : List.of(
                    Threshold.SESSIONS, Threshold.AUDIT_BYTES, Threshold.WRITE_P95, Threshold.JOBS_PER_MINUTE)) {
                capacity.change(
                        Optional.empty(), new ThresholdStatus(threshold, ThresholdState.UNKNOWN, T0, Optional.empty()));
            }

            assertThat(capacity.states())
                    .as("states come in the order of the thresholds")
                    .extracting(ThresholdStatus::threshold)
                    .containsExactly(Threshold.values());
        }
    }

    @Test
    default void aStateDoesNotBecomeThatOfAnotherThreshold() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            ThresholdStatus other = new ThresholdStatus(Threshold.WRITE_P95, ThresholdState.OK, T0, Optional.empty());

            assertThatThrownBy(() -> capacity.change(Optional.of(other), status(ThresholdState.OK, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void ofManyWhoChangeAStateOneSucceeds() {
        try (StorageHarness harness = fresh()) {
            CapacityRepository capacity = harness.storage().capacity();
            ThresholdStatus ok = status(ThresholdState.OK, 0);

            List<Boolean> begun = Race.answers(Race.of(8, i -> () -> capacity.change(Optional.empty(), ok)));
            List<Boolean> changed = Race.answers(Race.of(
                    8,
                    i -> () -> harness.storage()
                            .write(transaction -> transaction
                                    .capacity()
                                    .change(Optional.of(ok), status(ThresholdState.WARNING, i + 1)))));

            assertThat(begun).as("one of them was the first").containsOnlyOnce(true);
            assertThat(changed).as("one of them has changed it").containsOnlyOnce(true);
        }
    }

    @Test
    default void whatManyAddToASampleIsNotLost() {
        try (StorageHarness harness = fresh()) {
            Race.answers(Race.of(
                    8,
                    i -> () -> harness.storage().write(transaction -> {
                        CapacityRepository capacity = transaction.capacity();
                        long before = capacity.sample(Series.WRITE_AUDIT, Step.MINUTE, T0, "host")
                                .map(Sample::count)
                                .orElse(0L);
                        capacity.put(List.of(latency(Step.MINUTE, T0, "host", before + 1)));
                        return true;
                    })));

            assertThat(minutes(harness.storage().capacity(), Series.WRITE_AUDIT))
                    .as("each has seen what the one before has put")
                    .extracting(Sample::count)
                    .containsExactly(8L);
        }
    }

    @Test
    default void whatATransactionPutsGoesWithIt() {
        try (StorageHarness harness = fresh()) {
            assertThatThrownBy(() -> harness.storage().write(transaction -> {
                        transaction.capacity().put(List.of(gauge(Series.SESSIONS, 0, 1)));
                        transaction.capacity().change(Optional.empty(), status(ThresholdState.OK, 0));
                        throw new IllegalStateException("not today");
                    }))
                    .hasMessage("not today");

            assertThat(harness.storage().capacity().newest(Step.MINUTE))
                    .as("a sample goes with its transaction")
                    .isEmpty();
            assertThat(harness.storage().capacity().states())
                    .as("a state goes with its transaction")
                    .isEmpty();
        }
    }
}
