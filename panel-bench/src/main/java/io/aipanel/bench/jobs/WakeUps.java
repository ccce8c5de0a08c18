package io.aipanel.bench.jobs;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long an idle worker takes to start with a job: from the call that enqueues it, its durable commit included, to the
 * first line of its handler.
 */
final class WakeUps {

    private static final String QUEUE = "wake-ups";
    private static final NewJob JOB = NewJob.of("wake-up").queue(QUEUE).payload("{\"file\": 42}");

    /** Long enough for the worker to have gone to sleep, and not of one length, so that no clock of its own fits. */
    private static final int SHORTEST_PAUSE_MILLIS = 10;

    private static final int LONGEST_PAUSE_MILLIS = 30;
    private static final long LONGEST_WAIT_SECONDS = 60;
    /** For each measured one, one after the other without a pause. */
    private static final int WARM_UPS = 10;

    private final Panel panel;
    private final Random random = new Random(1);
    private final BlockingQueue<Long> started = new LinkedBlockingQueue<>();

    WakeUps(Panel panel) {
        this.panel = panel;
        panel.jobs().handle("wake-up", QUEUE, job -> started.add(System.nanoTime()));
    }

    /**
     * Wakes the worker a number of times, after a warm-up: a panel runs for months.
     *
     * @return the times in nanoseconds
     */
    Histogram run(int times) throws InterruptedException {
        for (int i = 0; i < WARM_UPS * times; i++) {
            wake();
        }
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < times; i++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            histogram.recordValue(wake());
        }
        return histogram;
    }

    private long wake() throws InterruptedException {
        long called = System.nanoTime();
        panel.jobs().enqueue(JOB);
        Long start = started.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        if (start == null) {
            throw new IllegalStateException("a job was not started within " + LONGEST_WAIT_SECONDS + " s");
        }
        return start - called;
    }
}
