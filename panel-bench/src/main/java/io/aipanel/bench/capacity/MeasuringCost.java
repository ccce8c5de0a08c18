package io.aipanel.bench.capacity;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Rate;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.load.StoreWrites;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.JobMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What it costs to measure every write. As many writes as go are made all the time by a panel that does not measure itself;
 * somebody hears how long each takes for a moment, and then for a moment nobody does.
 */
final class MeasuringCost {

    private static final int CALLERS = 64;

    /** More than any store gets done, so that the callers never wait for the clock. */
    private static final double AS_MANY_AS_GO = 1e6;

    private static final double PERCENT = 100;

    private final AtomicLong number = new AtomicLong();
    private final Engine engine;
    private final CapacitySize size;
    private final Progress progress;

    MeasuringCost(Engine engine, CapacitySize size, Progress progress) {
        this.engine = engine;
        this.size = size;
        this.progress = progress;
    }

    /** How much fewer writes there are with measuring, and what one measurement takes. */
    List<Result> run() throws Exception {
        List<Double> costs = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        try (Database database = engine.newDatabase();
                Panel panel = DurablePanel.open(database, options -> options.jobs(JobMode.OFF))) {
            StoreWrites writes = new StoreWrites(panel);
            try (OpenLoop loop =
                    new OpenLoop("writes", AS_MANY_AS_GO, CALLERS, () -> writes.write(number.getAndIncrement()))) {
                OpenLoop.run(List.of(loop), size.cost());
                for (int round = 0; round < size.costRounds(); round++) {
                    // The store grows, and whoever comes second finds it larger.
                    boolean first = round % 2 == 0;
                    double one = rate(loop, panel, first);
                    double other = rate(loop, panel, !first);
                    double with = first ? one : other;
                    double without = first ? other : one;
                    costs.add(PERCENT * (1 - with / without));
                    rates.add(without);
                }
            }
        }
        double nanos = nanosEach();
        progress.say(
                "measuring costs %.2f %% of %.0f writes/s by %d callers (with 95 %% confidence %.2f to %.2f %%); it takes"
                        + " %.0f ns a write",
                Median.of(costs), Median.of(rates), CALLERS, Median.least(costs), Median.most(costs), nanos);
        return List.of(
                Result.of(CapacityResults.MEASURING, Median.of(costs), CapacityResults.PERCENT),
                Result.of(CapacityResults.MEASURING_NANOS, nanos, CapacityResults.NANOS));
    }

    private double rate(OpenLoop loop, Panel panel, boolean measured) throws InterruptedException, ExecutionException {
        if (!measured) {
            return rate(loop).perSecond();
        }
        try (WriteLatencies latencies = WriteLatencies.of(panel)) {
            Rate rate = rate(loop);
            // Those that were under way when it began may have been durable already.
            if (rate.amount() > CALLERS && latencies.sinceLastTime().count() == 0) {
                throw new IllegalStateException("nobody has heard of " + rate.amount() + " writes");
            }
            return rate.perSecond();
        }
    }

    private Rate rate(OpenLoop loop) throws InterruptedException, ExecutionException {
        loop.sinceLastTime();
        long begin = System.nanoTime();
        OpenLoop.run(List.of(loop), size.cost());
        long done = loop.sinceLastTime().getTotalCount();
        return new Rate(done, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** What it takes to hear of a write, on one thread, in nanoseconds. */
    private double nanosEach() {
        try (WriteLatencies latencies = new WriteLatencies()) {
            hear(latencies);
            long begin = System.nanoTime();
            hear(latencies);
            return (double) (System.nanoTime() - begin) / size.heard();
        }
    }

    private void hear(WriteLatencies latencies) {
        for (int i = 0; i < size.heard(); i++) {
            latencies.committed(StoreName.AUDIT, 100_000 + i % 1_000_000);
        }
    }
}
