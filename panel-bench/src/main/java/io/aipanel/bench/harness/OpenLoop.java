package io.aipanel.bench.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Calls that come by the clock, whether or not those before have returned: {@link Callers} wait for the answer before they ask
 * again, so that a slow store is asked less, and its stalls count once; these do not. What a call takes counts from when it was
 * due, so that its wait for a free thread counts, too.
 *
 * <p>Begins when it is made, and is used once.
 */
public final class OpenLoop implements AutoCloseable {

    private final String name;
    private final double perSecond;
    private final Callers.Call call;
    private final Arrivals arrivals;
    private final Recorder recorder = new Recorder(3);
    private final ExecutorService threads;
    private final Queue<Thread> parked = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile long late;
    private volatile boolean ending;

    /**
     * @param name what it is called when it is told about
     * @param perSecond how many calls a second, on average, above 0
     * @param threads how many calls may be under way at once; those that are due beyond that wait
     * @param call what each of them does
     */
    public OpenLoop(String name, double perSecond, int threads, Callers.Call call) {
        this.name = name;
        this.perSecond = perSecond;
        this.call = call;
        this.arrivals = new Arrivals(perSecond, System.nanoTime());
        this.threads = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            running.add(this.threads.submit(() -> {
                callWhenDue();
                return null;
            }));
        }
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** How many calls a second are due. */
    public double perSecond() {
        return perSecond;
    }

    /** How long each call took, in nanoseconds from when it was due, since this was asked the last time. */
    public Histogram sinceLastTime() {
        return recorder.getIntervalHistogram();
    }

    /** How long after it was due the call was begun that was begun last: far more than nothing if it cannot keep up. */
    public Duration behind() {
        return Duration.ofNanos(late);
    }

    /**
     * Lets them go on for a while.
     *
     * @throws ExecutionException as soon as a call of one of them has failed
     */
    public static void run(List<OpenLoop> loops, Duration duration) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            for (OpenLoop loop : loops) {
                loop.requireNoFailure();
            }
        }
    }

    private void requireNoFailure() throws InterruptedException, ExecutionException {
        for (Future<?> thread : running) {
            if (thread.isDone()) {
                thread.get();
            }
        }
    }

    /** Begins no more calls, and waits for those under way. */
    @Override
    public void close() {
        ending = true;
        threads.shutdown();
        parked.forEach(LockSupport::unpark);
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
                threads.shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void callWhenDue() throws Exception {
        parked.add(Thread.currentThread());
        while (true) {
            long due = arrivals.next();
            long left = due - System.nanoTime();
            while (left > 0 && !ending) {
                LockSupport.parkNanos(this, left);
                left = due - System.nanoTime();
            }
            if (ending) {
                return;
            }
            late = -left;
            call.run();
            recorder.recordValue(System.nanoTime() - due);
        }
    }
}
