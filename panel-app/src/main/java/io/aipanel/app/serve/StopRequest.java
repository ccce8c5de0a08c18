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

    /** @param limit the longest that stopping may take */
    StopRequest(Duration limit) {
        this.limit = limit;
    }

    /** Waits for the first request. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a request. */
    synchronized void take(String signal) {
        if (requested.getCount() == 0) {
            LOG.warn("{} for the second time: ending at once", signal);
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
        }
        LOG.info("{}: stopping", signal);
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
