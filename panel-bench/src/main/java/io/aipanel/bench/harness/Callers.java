package io.aipanel.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Threads that make one call after the other, each waiting until its own is durable. */
public final class Callers {

    private final int number;
    private final Call call;

    /** What is called. */
    @FunctionalInterface
    public interface Call {
        /** Returns when it is durable. */
        void run() throws Exception;
    }

    /**
     * @param number how many threads
     * @param call what each of them does again and again
     */
    public Callers(int number, Call call) {
        this.number = number;
        this.call = call;
    }

    /**
     * Lets them call.
     *
     * @param duration for how long, after as long a warm-up
     * @throws ExecutionException if a call failed
     */
    public Found run(Duration duration) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            long begin = System.nanoTime() + duration.toNanos();
            long end = begin + duration.toNanos();
            List<Future<Histogram>> callers = new ArrayList<>();
            for (int caller = 0; caller < number; caller++) {
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

    private Histogram call(long begin, long end) throws Exception {
        Histogram times = newHistogram();
        long now = System.nanoTime();
        while (now - end < 0) {
            call.run();
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
     * @param rate how many calls all of them made
     * @param p99Millis what 99 of 100 calls took at most
     */
    public record Found(Rate rate, double p99Millis) {}
}
