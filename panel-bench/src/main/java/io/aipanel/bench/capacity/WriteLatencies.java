package io.aipanel.bench.capacity;

import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.service.Panel;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Hears how long each write takes, and keeps it by store, until it is closed. Safe for use by many threads. */
final class WriteLatencies implements WriteObserver, AutoCloseable {

    private final Map<StoreName, Recorder> recorders = new EnumMap<>(StoreName.class);
    private Storage.Subscription heard = () -> {};

    /** Hears nothing of itself: it is given to whom it is to hear of. */
    WriteLatencies() {
        for (StoreName store : StoreName.values()) {
            recorders.put(store, new Recorder(3));
        }
    }

    /** Hears of the writes of a panel. */
    static WriteLatencies of(Panel panel) {
        WriteLatencies latencies = new WriteLatencies();
        latencies.heard = panel.capacity().observeWrites(latencies);
        return latencies;
    }

    @Override
    public void committed(StoreName store, long nanos) {
        recorders.get(store).recordValue(nanos);
    }

    /** What was heard since this was asked the last time. */
    Latencies sinceLastTime() {
        Map<StoreName, Histogram> nanos = new EnumMap<>(StoreName.class);
        recorders.forEach((store, recorder) -> nanos.put(store, recorder.getIntervalHistogram()));
        return new Latencies(nanos);
    }

    @Override
    public void close() {
        heard.close();
    }
}
