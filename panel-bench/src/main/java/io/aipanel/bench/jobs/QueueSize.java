package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.EngineName;
import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp how many jobs ours and the hand-written loops do first, not measured
 * @param jobs how many jobs ours and the hand-written loops do
 * @param peerWarmUp how many jobs the other libraries do first, not measured; 0 to leave that out
 * @param peerJobs how many jobs the other libraries do, which are slower
 * @param callers how long callers enqueue one by one, after as long a warm-up
 * @param wakeUps how many times a worker is woken
 * @param history how many jobs of each kind lie beside those that are claimed; ten times as many have ended
 * @param claims how many batches are claimed beside them
 * @param longTransaction for how long a transaction is held open
 * @param lastPart over how much of that, at its end, life cycles are counted
 */
record QueueSize(
        int warmUp,
        int jobs,
        int peerWarmUp,
        int peerJobs,
        Duration callers,
        int wakeUps,
        int history,
        int claims,
        Duration longTransaction,
        Duration lastPart) {

    /** The size that the targets are for. */
    static QueueSize full(EngineName engine) {
        return new QueueSize(
                50_000,
                engine == EngineName.SQLITE ? 1_000_000 : 500_000,
                10_000,
                50_000,
                Duration.ofSeconds(10),
                1_000,
                1_000_000,
                1_000,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1));
    }

    /** What is done within a minute, others included. */
    static QueueSize quick() {
        return new QueueSize(
                10_000,
                50_000,
                1_000,
                3_000,
                Duration.ofSeconds(2),
                200,
                10_000,
                100,
                Duration.ofSeconds(4),
                Duration.ofSeconds(2));
    }
}
