package io.aipanel.bench.capacity;

import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.load.StoreWrites;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * At which rate of writes, to the three stores in turn, they take as long as ADR-002 allows: the rate rises until 95 of 100 take
 * longer, counted from when they were due, or until there is no higher rate to try.
 *
 * <p>A write that is due and finds no thread waits outside the panel, which never hears of that wait. So what the panel
 * measures, from the hand-over on, is told beside it.
 */
final class RisingRate {

    /** ADR-002's limit. */
    static final double LIMIT_MILLIS = 200;

    /** As many as a busy server has; it bounds what is handed over and not yet durable. */
    private static final int THREADS = 256;

    /** How often the stretch is halved that the limit is reached in. */
    private static final int HALVES = 3;

    private final StoreWrites writes;
    private final WriteLatencies latencies;
    private final Progress progress;
    private final AtomicLong number = new AtomicLong();

    /** @param latencies hears how long the panel's writes take */
    RisingRate(Panel panel, WriteLatencies latencies, Progress progress) {
        this.writes = new StoreWrites(panel);
        this.latencies = latencies;
        this.progress = progress;
    }

    /**
     * Lets the rate rise.
     *
     * @param rates the rates to try, rising
     * @param step for how long each, after half as long a warm-up
     * @return what was seen at each that was tried
     */
    List<Seen> run(List<Integer> rates, Duration step) throws InterruptedException, ExecutionException {
        List<Seen> seen = new ArrayList<>();
        for (int rate : rates) {
            Seen now = tryOut(rate, step);
            if (now.isAboveLimit()) {
                seen.addAll(between(seen, now, step));
                return seen;
            }
            seen.add(now);
        }
        progress.say("%.0f ms were not reached at %d writes/s, and no more was tried", LIMIT_MILLIS, last(rates));
        return seen;
    }

    /** Where between the last rate that was below the limit and the first above it that begins. */
    private List<Seen> between(List<Seen> below, Seen above, Duration step)
            throws InterruptedException, ExecutionException {
        List<Seen> seen = new ArrayList<>(List.of(above));
        double least = below.isEmpty() ? 1 : below.get(below.size() - 1).rate();
        double most = above.rate();
        for (int i = 0; i < HALVES; i++) {
            Seen now = tryOut((int) Math.sqrt(least * most), step);
            seen.add(now);
            if (now.isAboveLimit()) {
                most = now.rate();
            } else {
                least = now.rate();
            }
        }
        return seen;
    }

    private Seen tryOut(int rate, Duration step) throws InterruptedException, ExecutionException {
        Seen now = at(rate, step);
        progress.say(
                "%d writes/s: %.0f/s were reached, p95 %.2f ms from when they were due, %.2f ms from their hand-over",
                rate, now.reached(), now.fromDueMillis(), now.fromHandOverMillis());
        return now;
    }

    private Seen at(int rate, Duration step) throws InterruptedException, ExecutionException {
        try (OpenLoop loop = new OpenLoop("writes", rate, THREADS, () -> writes.write(number.getAndIncrement()))) {
            OpenLoop.run(List.of(loop), step.dividedBy(2));
            loop.sinceLastTime();
            latencies.sinceLastTime();
            long begin = System.nanoTime();
            OpenLoop.run(List.of(loop), step);
            Histogram fromDue = loop.sinceLastTime();
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Seen(
                    rate,
                    fromDue.getTotalCount() / seconds,
                    fromDue.getValueAtPercentile(95) / 1e6,
                    latencies.sinceLastTime().millis(95));
        }
    }

    private static int last(List<Integer> rates) {
        return rates.get(rates.size() - 1);
    }

    /**
     * What a rate has shown.
     *
     * @param rate how many writes a second were due
     * @param reached how many a second were done
     * @param fromDueMillis what 95 of 100 took at most from when they were due, in milliseconds
     * @param fromHandOverMillis what 95 of 100 took at most from their hand-over, at the worst store, in milliseconds
     */
    record Seen(int rate, double reached, double fromDueMillis, double fromHandOverMillis) {

        /** Whether anything was written, and so took its time. */
        boolean isSomething() {
            return fromDueMillis > 0 && fromHandOverMillis > 0;
        }

        boolean isAboveLimit() {
            return fromDueMillis >= LIMIT_MILLIS;
        }
    }
}
