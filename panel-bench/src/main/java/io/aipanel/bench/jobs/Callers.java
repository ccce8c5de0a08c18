package io.aipanel.bench.jobs;

import io.aipanel.bench.harness.Rate;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many callers that enqueue one job after the other, each waiting until its own is durable. Nobody handles them. */
final class Callers {

    private static final int CALLERS = 64;
    private static final NewJob JOB = NewJob.of("call").queue("calls").payload("{\"file\": 42}");

    private final Panel panel;

    Callers(Panel panel) {
        this.panel = panel;
    }

    /**
     * Lets them call.
     *
     * @param duration for how long, after as long a warm-up
     */
    Found run(Duration duration) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            long begin = System.nanoTime() + duration.toNanos();
            long end = begin + duration.toNanos();
            List<Future<Histogram>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> call(begin, end)));
            }
            Histogram all = newHistogram();
            for (Future<Histogram> caller : callers) {
                all.add(caller.get());
            }
            Duration window = Duration.ofNanos(System.nanoTime() - begin);
            return new Found(new Rate(all.getTotalCount(), window), all.getValueAtPercentile(99) / 1e6);
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Histogram call(long begin, long end) {
        Histogram times = newHistogram();
        long now = System.nanoTime();
        while (now - end < 0) {
            panel.jobs().enqueue(JOB);
            long later = System.nanoTime();
            if (now - begin >= 0) {
                times.recordValue(later - now);
            }
            now = later;
        }
        return times;
    }

    private static Histogram newHistogram() {
        return new Histogram(3);
    }

    /**
     * What they saw.
     *
     * @param rate how many jobs all of them enqueued
     * @param p99Millis what 99 of 100 calls took at most
     */
    record Found(Rate rate, double p99Millis) {}
}
