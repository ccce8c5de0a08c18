package io.aipanel.bench.harness;

import java.util.Random;

/**
 * When calls are due: so many a second on average, each at random and whatever has become of those before, as callers come who
 * know nothing of each other. Safe for use by many threads.
 */
final class Arrivals {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Random random = new Random(1);
    private final double gapNanos;
    private final long begin;
    private double sinceBegin;

    /**
     * @param perSecond how many a second, above 0
     * @param begin when the first gap begins, in the time of {@link System#nanoTime}
     */
    Arrivals(double perSecond, long begin) {
        this.gapNanos = NANOS_PER_SECOND / perSecond;
        this.begin = begin;
    }

    /** When the next call is due; never before the last one. */
    synchronized long next() {
        sinceBegin -= Math.log(1 - random.nextDouble()) * gapNanos;
        return begin + (long) sinceBegin;
    }
}
