package io.aipanel.bench.capacity;

import io.aipanel.ports.storage.StoreName;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * How long writes took. A figure of all stores is that of the worst one, as the panel's own threshold has it: a store with many
 * quick writes does not hide a slow one.
 *
 * @param nanos the times in nanoseconds, by store
 */
record Latencies(Map<StoreName, Histogram> nanos) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** How many writes there were. */
    long count() {
        return nanos.values().stream().mapToLong(Histogram::getTotalCount).sum();
    }

    /** What so many of 100 writes to the worst store took at most, in milliseconds. */
    double millis(double percentile) {
        return nanos.values().stream()
                .mapToDouble(histogram -> millis(histogram, percentile))
                .max()
                .orElse(0);
    }

    /** The same for one store. */
    double millis(StoreName store, double percentile) {
        return millis(nanos.get(store), percentile);
    }

    /** The same for all writes, whatever they are to. */
    double millisOfAll(double percentile) {
        return millis(all(nanos.values()), percentile);
    }

    private static Histogram all(Collection<Histogram> histograms) {
        Histogram all = new Histogram(3);
        histograms.forEach(all::add);
        return all;
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /** All of it, for people. */
    @Override
    public String toString() {
        return nanos.entrySet().stream()
                .filter(store -> store.getValue().getTotalCount() > 0)
                .map(store -> String.format(
                        Locale.ROOT,
                        "%s %d writes, p95 %.2f, p99 %.2f, max %.1f ms",
                        store.getKey().wireName(),
                        store.getValue().getTotalCount(),
                        millis(store.getValue(), 95),
                        millis(store.getValue(), 99),
                        millis(store.getValue(), 100)))
                .collect(Collectors.joining("; "));
    }
}
