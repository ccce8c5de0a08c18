package io.aipanel.postgres.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.postgres.jobs.Floors.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Where claims may begin to look. */
final class FloorsTest {

    private static final int LANE = 7;
    private static final Instant TIME = Instant.parse("2026-05-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final Floors floors = new Floors(nanos::get);

    @Test
    void everyLookIsFullUntilOneWasSlow() {
        assertThat(floors.areInUse()).isFalse();
        assertThat(floors.untilFullLook()).isZero();
    }

    @Test
    void aSlowLookIsNotMadeAgainBeforeItsCostIsPaidOff() {
        floors.rest(Duration.ofMillis(50));

        assertThat(floors.untilFullLook()).isEqualTo(Duration.ofMillis(50L * Floors.REST));
        nanos.addAndGet(Duration.ofMillis(50L * Floors.REST - 1).toNanos());
        assertThat(floors.areInUse()).isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(floors.areInUse()).isFalse();
        assertThat(floors.untilFullLook()).isZero();
    }

    @Test
    void aQuickFullLookEndsTheUseOfFloors() {
        floors.rest(Duration.ofMillis(50));
        floors.raise(LANE, Floor.NONE, floor(TIME, 3));

        floors.stand();

        assertThat(floors.areInUse()).isFalse();
        assertThat(floors.of(LANE)).isEqualTo(Floor.NONE);
    }

    @Test
    void moreJobsMayTakeLonger() {
        Duration duration = Duration.ofMillis(20);

        assertThat(Floors.isSlow(duration, 0)).isTrue();
        assertThat(Floors.isSlow(duration, 10_000)).isFalse();
    }

    @Test
    void aFloorIsRaisedByWhoeverHasSearchedFromIt() {
        floors.raise(LANE, Floor.NONE, floor(TIME, 3));
        floors.raise(LANE, floor(TIME, 3), floor(TIME, 9));

        assertThat(floors.of(LANE)).isEqualTo(floor(TIME, 9));
        assertThat(floors.of(LANE + 1)).isEqualTo(Floor.NONE);
    }

    @Test
    void aFloorThatWasMovedMeanwhileIsNotRaised() {
        floors.raise(LANE, Floor.NONE, floor(TIME, 9));
        Floor searchedFrom = floors.of(LANE);

        floors.lower(LANE, TIME, 5);
        floors.raise(LANE, searchedFrom, floor(TIME.plusSeconds(1), 20));

        assertThat(floors.of(LANE)).as("the job at 5 is still above it").isEqualTo(floor(TIME, 4));
    }

    @Test
    void aFloorIsLoweredOnlyByWhatIsBelowIt() {
        floors.raise(LANE, Floor.NONE, floor(TIME, 9));

        floors.lower(LANE, TIME, 10);
        floors.lower(LANE, TIME.plusSeconds(1), 1);
        assertThat(floors.of(LANE)).isEqualTo(floor(TIME, 9));

        floors.lower(LANE, TIME, 9);
        assertThat(floors.of(LANE)).isEqualTo(floor(TIME, 8));

        floors.lower(LANE, TIME.minusSeconds(1), 30);
        assertThat(floors.of(LANE)).isEqualTo(floor(TIME.minusSeconds(1), 29));
    }

    @Test
    void whereNobodyHasSearchedNothingIsLowered() {
        floors.lower(LANE, TIME, 1);

        assertThat(floors.of(LANE)).isEqualTo(Floor.NONE);
    }

    private static Floor floor(Instant runAt, long id) {
        return new Floor(runAt, id, Instant.MIN);
    }
}
