package io.aipanel.service.capacity;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Counts how long writes take, in microseconds. What is done for a write is a handful of atomic additions to arrays that are
 * there: no lock, no allocation, some tens of nanoseconds. Safe for use by many threads.
 */
final class WriteMeter implements WriteObserver {

    /** No call on a storage may take longer. */
    private static final long LONGEST_MICROS = 600_000_000;

    private final Recorder[] stores = Arrays.stream(StoreName.values())
            .map(store -> new Recorder(1, LONGEST_MICROS, Spread.DIGITS))
            .toArray(Recorder[]::new);

    @Override
    public void committed(StoreName store, long nanos) {
        stores[store.ordinal()].recordValue(Math.max(0, Math.min(nanos / 1_000, LONGEST_MICROS)));
    }

    /** What came since this was last asked. */
    Histogram take(StoreName store) {
        return stores[store.ordinal()].getIntervalHistogram();
    }
}
