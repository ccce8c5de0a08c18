package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Histogram;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.storage.StoreCorrupt;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The values of samples of one series, put together. Percentiles are those of all values, never a mean of percentiles. For
 * one thread.
 */
final class Spread {

    /** Two digits: a value is told to within one in a hundred, as long as there is room. */
    static final int DIGITS = 2;

    /** Sixteen microseconds: who waits for a disk does not tell less apart. */
    private static final long COARSEST_UNIT = 16;

    /**
     * The most bytes of a stored histogram, by which the room for all samples is bounded: those that the retention lets live
     * together, 41 196 of them, take 17 MB of {@code panel.db} even if each had so many.
     */
    static final int MAX_BYTES = 384;

    /** How many units of a histogram, which are whole numbers, one unit of the series has: it counts microseconds. */
    private static final double LATENCY_UNITS = 1_000;

    private final double units;
    private final org.HdrHistogram.Histogram histogram = new org.HdrHistogram.Histogram(DIGITS);
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double sum;
    private double max;

    /** @param series what the values are of */
    Spread(Series series) {
        units = series.isLatency() ? LATENCY_UNITS : 1;
        histogram.setAutoResize(true);
    }

    /**
     * Adds the values of a sample.
     *
     * @throws StoreCorrupt if its histogram cannot be read
     */
    void add(Sample sample) {
        if (sample.count() == 0) {
            return;
        }
        if (sample.histogram().isPresent()) {
            addTo(histogram, decoded(sample.histogram().get()));
        } else {
            histogram.recordValueWithCount(Math.round(sample.mean() * units), sample.count());
        }
        add(sample.count(), sample.min(), sample.sum(), sample.max());
    }

    /** Adds what was measured as whole units: microseconds. */
    void add(org.HdrHistogram.Histogram measured) {
        if (measured.getTotalCount() > 0) {
            addTo(histogram, measured);
            long number = measured.getTotalCount();
            add(
                    number,
                    measured.getMinValue() / units,
                    measured.getMean() * number / units,
                    measured.getMaxValue() / units);
        }
    }

    /** Whether there is no value. */
    boolean isEmpty() {
        return count == 0;
    }

    /** What 95 of 100 values do not exceed; 0 if there is none. */
    double p95() {
        return isEmpty() ? 0 : Math.min(max, histogram.getValueAtPercentile(95) / units);
    }

    /** All of it as numbers; empty if there is no value. */
    Optional<HistoryPoint.Values> values() {
        return isEmpty() ? Optional.empty() : Optional.of(new HistoryPoint.Values(count, min, sum / count, max, p95()));
    }

    /** All of it as a sample. */
    Sample sample(Series series, Step step, Instant at, String source) {
        return isEmpty()
                ? new Sample(series, step, at, source, 0, 0, 0, 0, Optional.empty())
                : new Sample(series, step, at, source, count, min, sum, max, Optional.of(encoded()));
    }

    private void add(long number, double smallest, double total, double greatest) {
        count += number;
        min = Math.min(min, smallest);
        sum += total;
        max = Math.max(max, greatest);
    }

    /**
     * As fine as there is room for. Where too many different values came, those near to each other become one: first those
     * that are small anyway, then those that differ in the second digit.
     */
    private Histogram encoded() {
        byte[] bytes = encoded(histogram);
        for (long unit = 4; bytes.length > MAX_BYTES && unit <= COARSEST_UNIT; unit *= 2) {
            bytes = encoded(coarser(unit, DIGITS));
        }
        for (long unit = 1; bytes.length > MAX_BYTES; unit *= 2) {
            bytes = encoded(coarser(unit, 1));
        }
        return Histogram.of(bytes);
    }

    private org.HdrHistogram.Histogram coarser(long unit, int digits) {
        org.HdrHistogram.Histogram coarser =
                new org.HdrHistogram.Histogram(unit, Math.max(histogram.getMaxValue(), 2 * unit), digits);
        addTo(coarser, histogram);
        return coarser;
    }

    /** What is known of a value is an interval; its middle stands for it, so that nothing drifts however often it is moved. */
    private static void addTo(org.HdrHistogram.Histogram sum, org.HdrHistogram.Histogram added) {
        for (HistogramIterationValue value : added.recordedValues()) {
            sum.recordValueWithCount(
                    added.medianEquivalentValue(value.getValueIteratedTo()), value.getCountAtValueIteratedTo());
        }
    }

    private static byte[] encoded(org.HdrHistogram.Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    private static org.HdrHistogram.Histogram decoded(Histogram stored) {
        try {
            return org.HdrHistogram.Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(stored.toBytes()), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new StoreCorrupt(
                    "a sample of capacity cannot be read: run panel doctor, and restore a backup if panel.db is damaged",
                    e);
        }
    }
}
