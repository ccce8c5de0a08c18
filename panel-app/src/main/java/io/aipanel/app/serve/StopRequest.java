package io.aipanel.app.serve;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request to stop, and what becomes of it: the first one lets running work finish within a limit, a second one does
 * not wait for that.
 */
final class StopRequest {

    private static final Logger LOG = LoggerFactory.getLogger(StopRequest.class);

    /** What a shell shows for a process that was ended by SIGTERM. */
    private static final int ENDED_BY_SIGNAL = 143;

    private final Duration limit;
    private final CountDownLatch requested = new CountDownLatch(1);
    private boolean taken;

    /** @param limit the longest that stopping may take */
    StopRequest(Duration limit) {
        this.limit = limit;
    }

    /** Waits until it is time to stop. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a request. */
    synchronized void take(String signal) {
        if (taken) {
            LOG.warn("{} for the second time: ending at once", signal);
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
        }
        taken = true;
        LOG.info("{}: stopping", signal);
        begin();
    }

    /** Stops without having been asked to, because it is of no use to go on. */
    synchronized void giveUp() {
        begin();
    }

    private void begin() {
        if (requested.getCount() == 0) {
            return;
        }
        Thread watch = new Thread(this::endWhenLimitIsOver, "panel-stop-limit");
        watch.setDaemon(true);
        watch.start();
        requested.countDown();
    }

    private void endWhenLimitIsOver() {
        try {
            TimeUnit.MILLISECONDS.sleep(limit.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        LOG.error(
                "Stopping took longer than {} s: ending at once; nothing that was acknowledged is lost",
                limit.toSeconds());
        Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
    }
}
