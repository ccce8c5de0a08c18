package io.aipanel.service.storage;

import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.audit.RefusalLog;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records now and then the refusals that were only counted. */
public final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "panel-housekeeping"));
    private final RefusalLog refusals;

    /** Starts. */
    public Housekeeping(RefusalLog refusals) {
        this.refusals = refusals;
        timer.scheduleWithFixedDelay(() -> attempt(() -> refusals.flush(false)), 1, 1, TimeUnit.MINUTES);
    }

    /** Stops, and records what was only counted so far. */
    @Override
    public void close() {
        timer.shutdown();
        boolean interrupted = false;
        try {
            timer.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        attempt(() -> refusals.flush(true));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable chore) {
        try {
            chore.run();
        } catch (StoreException e) {
            LOG.warn("Housekeeping is put off, because a store does not answer: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Housekeeping failed; it is tried again", e);
        }
    }
}
