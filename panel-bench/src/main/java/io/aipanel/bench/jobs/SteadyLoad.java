package io.aipanel.bench.jobs;

import io.aipanel.bench.harness.Rate;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Life cycles for a time, as many as go, with a bounded number of jobs waiting. Used once. */
final class SteadyLoad {

    private static final String QUEUE = "steady";
    private static final NewJob JOB = NewJob.of("steady").queue(QUEUE).payload("{\"file\": 42}");
    private static final int WAITING = 10 * LifeCycles.LIST;
    private static final long STALLED_SECONDS = 60;

    private final Semaphore room = new Semaphore(WAITING);
    private final AtomicLong handled = new AtomicLong();
    private final Panel panel;

    SteadyLoad(Panel panel) {
        this.panel = panel;
    }

    /**
     * Does as many as go.
     *
     * @param whole for how long
     * @param last over how much of that, at its end, they are counted
     */
    Rate run(Duration whole, Duration last) throws InterruptedException {
        panel.jobs().handle("steady", QUEUE, job -> {
            handled.incrementAndGet();
            room.release();
        });
        long end = System.nanoTime() + whole.toNanos();
        enqueueUntil(end - last.toNanos());
        long handledBefore = handled.get();
        long begin = System.nanoTime();
        enqueueUntil(end);
        return new Rate(handled.get() - handledBefore, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void enqueueUntil(long end) throws InterruptedException {
        List<NewJob> list = Collections.nCopies(LifeCycles.LIST, JOB);
        while (System.nanoTime() - end < 0) {
            if (!room.tryAcquire(LifeCycles.LIST, STALLED_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("jobs wait, and for " + STALLED_SECONDS + " s hardly any was handled");
            }
            panel.jobs().enqueue(list);
        }
    }
}
