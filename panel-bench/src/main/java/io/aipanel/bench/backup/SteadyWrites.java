package io.aipanel.bench.backup;

import io.aipanel.bench.load.StoreWrites;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * A few threads that write to all three stores in turn, with a pause after each write: a panel that is used, not one that is
 * as busy as can be.
 */
final class SteadyWrites {

    private static final int THREADS = 4;
    private static final long PAUSE_MILLIS = 2;

    private final StoreWrites writes;
    private final Recorder recorder = new Recorder(3);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean panelSpared;
    private volatile boolean ending;

    SteadyWrites(Panel panel) {
        this.writes = new StoreWrites(panel);
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> {
                write();
                return null;
            }));
        }
    }

    /** How long each write took, in nanoseconds, since this was asked the last time. */
    Histogram sinceLastTime() {
        return recorder.getIntervalHistogram();
    }

    /** Has nothing more written to the panel store, where somebody else's transaction is under way. */
    void sparePanelStore() {
        panelSpared = true;
    }

    /** Ends the threads; fails if a write has failed. */
    void end() throws InterruptedException, ExecutionException {
        ending = true;
        threads.shutdown();
        for (Future<?> thread : running) {
            thread.get();
        }
    }

    private void write() throws InterruptedException {
        for (long number = 0; !ending; number++) {
            if (panelSpared && number % StoreWrites.STORES == 0) {
                continue;
            }
            long begin = System.nanoTime();
            writes.write(number);
            recorder.recordValue(System.nanoTime() - begin);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
