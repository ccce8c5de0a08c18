package io.aipanel.bench.capacity;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Bench;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.harness.Target;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far SQLite carries: writes under loads beyond ADR-002's limits, and what measuring them costs. */
public final class CapacityBench implements Bench {

    /** What 95 of 100 writes may take at 10 times the limits: a twentieth of ADR-002's own limit. */
    static final double TARGET_MILLIS = 10;

    private static final double TARGET_COST_PERCENT = 1;

    @Override
    public String name() {
        return "capacity";
    }

    @Override
    public List<String> results(EngineName engine) {
        return CapacityResults.of(engine);
    }

    @Override
    public List<String> charts(EngineName engine) {
        return CapacityCharts.names(engine);
    }

    @Override
    public List<Target> targets(EngineName engine) {
        List<Target> targets = new ArrayList<>();
        if (engine == EngineName.SQLITE) {
            targets.add(Target.atMost(CapacityResults.P95 + Step.TARGET_FACTOR + "x", TARGET_MILLIS));
        }
        targets.add(Target.atMost(CapacityResults.MEASURING, TARGET_COST_PERCENT));
        return targets;
    }

    @Override
    public Measured run(BenchRun run) throws Exception {
        return run(run, run.quick() ? CapacitySize.quick() : CapacitySize.full());
    }

    /** Measures with another size. */
    Measured run(BenchRun run, CapacitySize size) throws Exception {
        Progress progress = run.progress();
        progress.say("%s, durability %s", run.engine().version(), run.engine().durability());
        Map<Step, LoadedPanel.Found> steps = new LoadSteps(run, size).run();
        List<Result> results = new ArrayList<>();
        steps.forEach((step, found) -> results.addAll(resultsOf(step, found)));
        List<RisingRate.Seen> rates = List.of();
        if (run.wants(CapacityResults.OF_RISING_RATE)) {
            rates = rates(run, size);
            results.addAll(resultsOf(rates));
        }
        if (run.engine().name() == EngineName.SQLITE && run.wants(CapacityResults.OF_ONE_FILE)) {
            results.addAll(FilesCompared.run(run.engine(), size, progress));
        }
        if (run.wants(CapacityResults.OF_MEASURING)) {
            results.addAll(new MeasuringCost(run.engine(), size, progress).run());
        }
        return new Measured(
                Optional.empty(), results, new CapacityCharts(run.engine().name(), steps, rates).all());
    }

    private static List<Result> resultsOf(Step step, LoadedPanel.Found found) {
        String label = step.label();
        Latencies latencies = found.latencies();
        List<Result> results = new ArrayList<>();
        if (latencies.count() == 0) {
            // In a short time at a low rate.
            return results;
        }
        results.add(millis(CapacityResults.P95 + label, latencies.millis(95)));
        if (!step.alone()) {
            for (StoreName store : StoreName.values()) {
                results.add(millis(CapacityResults.P95 + label + "." + store.wireName(), latencies.millis(store, 95)));
            }
            results.add(millis(CapacityResults.P99 + label, latencies.millis(99)));
            results.add(millis(CapacityResults.MAX + label, latencies.millis(100)));
            results.add(millis(CapacityResults.BEHIND + label, found.behind().toNanos() / 1e6));
        }
        return results;
    }

    private static List<RisingRate.Seen> rates(BenchRun run, CapacitySize size) throws Exception {
        try (Database database = run.engine().newDatabase();
                Panel panel = DurablePanel.open(database);
                WriteLatencies latencies = WriteLatencies.of(panel)) {
            return new RisingRate(panel, latencies, run.progress()).run(size.rates(), size.rateStep());
        }
    }

    private static List<Result> resultsOf(List<RisingRate.Seen> rates) {
        double below = rates.stream()
                .filter(seen -> !seen.isAboveLimit())
                .mapToDouble(RisingRate.Seen::rate)
                .max()
                .orElse(0);
        double most = rates.stream().mapToDouble(RisingRate.Seen::reached).max().orElse(0);
        return List.of(
                Result.of(CapacityResults.RATE_BELOW_LIMIT, below, CapacityResults.WRITES_PER_SECOND),
                Result.of(CapacityResults.RATE, most, CapacityResults.WRITES_PER_SECOND));
    }

    private static Result millis(String name, double value) {
        return Result.of(name, value, CapacityResults.MILLIS);
    }
}
