package io.aipanel.bench.capacity;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param logBytes how large the log is at ADR-002's limit
 * @param sessions how many sessions there are at ADR-002's limit
 * @param warmUp how long a load is there before it is measured
 * @param together for how long all loads are measured together
 * @param alone for how long one load is measured
 * @param whole for how long the one is measured that lasts a whole window
 * @param rates the rates that are tried, in writes a second, rising
 * @param rateStep for how long each of them is measured
 * @param comparedEvents how many events the logs have that are compared as one file and as three
 * @param compared for how long they are measured, each time
 * @param rounds how often they take turns; the median counts
 * @param cost for how long writes are measured, and then not, each time
 * @param costRounds how often these take turns; the median counts
 * @param heard how often a measurement by itself is timed
 */
record CapacitySize(
        long logBytes,
        int sessions,
        Duration warmUp,
        Duration together,
        Duration alone,
        Duration whole,
        List<Integer> rates,
        Duration rateStep,
        int comparedEvents,
        Duration compared,
        int rounds,
        Duration cost,
        int costRounds,
        int heard) {

    /** The size that the targets are for. */
    static CapacitySize full() {
        return new CapacitySize(
                10_000_000_000L,
                SessionLoad.SESSIONS,
                Duration.ofSeconds(15),
                Duration.ofMinutes(3),
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                List.of(250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000),
                Duration.ofSeconds(10),
                220_000,
                Duration.ofSeconds(20),
                5,
                Duration.ofSeconds(1),
                150,
                10_000_000);
    }

    /** What is done within a minute. */
    static CapacitySize quick() {
        return new CapacitySize(
                30_000_000,
                SessionLoad.SESSIONS,
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofMillis(400),
                Duration.ofSeconds(2),
                List.of(1_000, 4_000, 16_000, 64_000),
                Duration.ofSeconds(1),
                5_000,
                Duration.ofSeconds(1),
                1,
                Duration.ofMillis(200),
                5,
                2_000_000);
    }

    /** For how long a step is measured. */
    Duration window(Step step) {
        if (step.whole()) {
            return whole;
        }
        return step.alone() ? alone : together;
    }
}
