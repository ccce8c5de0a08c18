package io.aipanel.bench.capacity;

import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.capacity.Sampler;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Changes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What it costs that a panel measures itself. As many writes as go are made all the time, to the three stores in turn; for a
 * moment the panel's own sampler measures them, and then for a moment it does not. It keeps what it has measured each time
 * that it ends, which in a panel it does once a minute: what is found is rather too much.
 */
final class MeasuringCost {

    private static final int CALLERS = 64;

    /** More than any store gets done, so that the callers never wait for the clock. */
    private static final double AS_MANY_AS_GO = 1e6;

    private static final double PERCENT = 100;
    private static final SettingName SETTING = new SettingName("bench.number");
    private static final NewJob JOB = NewJob.of("bench").queue("nobody");

    private final SampleEvents samples = new SampleEvents(Instant.parse("2026-01-01T00:00:00Z"), 20_000);
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
                Storage storage = DurablePanel.openStorage(database);
                OpenLoop loop = new OpenLoop("writes", AS_MANY_AS_GO, CALLERS, () -> write(storage))) {
            OpenLoop.run(List.of(loop), size.cost());
            for (int round = 0; round < size.costRounds(); round++) {
                // The stores grow, and whoever comes second finds them larger.
                boolean first = round % 2 == 0;
                double one = first ? measured(loop, storage) : rate(loop);
                double other = first ? rate(loop) : measured(loop, storage);
                double without = first ? other : one;
                costs.add(PERCENT * (1 - (first ? one : other) / without));
                rates.add(without);
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

    private void write(Storage storage) {
        long now = number.getAndIncrement();
        switch ((int) (now % 3)) {
            case 0 -> storage.settings().put(new StoredSetting(SETTING, Long.toString(now), false, Instant.now()));
            case 1 -> storage.audit().append(samples.next(1));
            default -> storage.jobs().enqueue(List.of(JOB));
        }
    }

    private double measured(OpenLoop loop, Storage storage) throws InterruptedException, ExecutionException {
        InstantSource clock = InstantSource.system();
        Sampler sampler = new Sampler(
                storage,
                new Changes(storage, clock),
                new SettingValues(storage.settings()),
                clock,
                (change, state) -> {});
        try {
            return rate(loop);
        } finally {
            sampler.close();
        }
    }

    private double rate(OpenLoop loop) throws InterruptedException, ExecutionException {
        loop.sinceLastTime();
        long begin = System.nanoTime();
        OpenLoop.run(List.of(loop), size.cost());
        return loop.sinceLastTime().getTotalCount() * 1e9 / (System.nanoTime() - begin);
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
