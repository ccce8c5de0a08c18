package io.aipanel.service.storage;

import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.audit.CutOff;
import io.aipanel.service.audit.RefusalLog;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records now and then the refusals that were only counted, and removes what was cut off the audit log. */
public final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "panel-housekeeping"));
    private final RefusalLog refusals;
    private final CutOff cutOff;

    /** Starts. */
    public Housekeeping(RefusalLog refusals, CutOff cutOff) {
        this.refusals = refusals;
        this.cutOff = cutOff;
        timer.scheduleWithFixedDelay(() -> attempt(cutOff::remove), 10, 10, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(() -> attempt(() -> refusals.flush(false)), 1, 1, TimeUnit.MINUTES);
    }

    /** Stops, and records what was only counted so far. */
    @Override
    public void close() {
        cutOff.stop();
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
