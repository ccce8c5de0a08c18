package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Bench;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Callers;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Rate;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.harness.Target;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** The job queue. Every part has a fresh database, and one part is over before the next begins. */
public final class QueueBench implements Bench {

    private static final int CALLERS = 64;
    /** What they enqueue; nobody handles it. */
    private static final NewJob CALL = NewJob.of("call").queue("calls").payload("{\"file\": 42}");

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public List<String> results(EngineName engine) {
        return QueueResults.of(engine);
    }

    @Override
    public List<Target> targets(EngineName engine) {
        return QueueTargets.of(engine);
    }

    @Override
    public Measured run(BenchRun run) throws Exception {
        return run(
                run,
                run.quick() ? QueueSize.quick() : QueueSize.full(run.engine().name()));
    }

    /** Measures with another size. */
    Measured run(BenchRun run, QueueSize size) throws Exception {
        Engine engine = run.engine();
        Progress progress = run.progress();
        progress.say("%s, durability %s", engine.version(), engine.durability());
        Optional<Rate> bulk = Optional.empty();
        List<Result> results = new ArrayList<>();
        if (run.wants(List.of(QueueResults.BULK))) {
            Rate ours = bulk(engine, size, progress);
            bulk = Optional.of(ours);
            results.add(besidePeers(ours, run, size));
        }
        if (run.wants(QueueResults.OF_CALLERS)) {
            results.addAll(callers(engine, size, progress));
        }
        if (run.wants(QueueResults.OF_WAKE_UPS)) {
            results.addAll(wakeUps(engine, size, progress));
        }
        if (run.wants(List.of(QueueResults.CLAIM))) {
            results.add(claims(engine, size, progress));
        }
        if (engine.name() == EngineName.POSTGRES && run.wants(List.of(QueueResults.LONG_TRANSACTION))) {
            results.add(longTransaction(engine, size, progress));
        }
        return new Measured(bulk, results);
    }

    private static Result besidePeers(Rate ours, BenchRun run, QueueSize size) throws Exception {
        Result result = Result.of(QueueResults.BULK, ours.perSecond(), QueueResults.JOBS_PER_SECOND);
        if (run.peers()) {
            for (Map.Entry<String, Rate> peer : peers(run, size).entrySet()) {
                result = result.beside(peer.getKey(), peer.getValue().perSecond());
            }
        }
        return result;
    }

    private static Rate bulk(Engine engine, QueueSize size, Progress progress) throws Exception {
        progress.say("life cycles of %d jobs", size.jobs());
        try (Database database = engine.newDatabase();
                Panel panel = DurablePanel.open(database)) {
            LifeCycles lifeCycles = new LifeCycles(panel, "bulk");
            lifeCycles.run(size.warmUp());
            Rate rate = lifeCycles.run(size.jobs());
            progress.say("life cycles: %.0f jobs/s", rate.perSecond());
            return rate;
        }
    }

    /** The best rate of each, in the order in which they were measured. */
    private static Map<String, Rate> peers(BenchRun run, QueueSize size) throws Exception {
        Map<String, Rate> best = new LinkedHashMap<>();
        for (Peer peer : Peers.of(run.engine().name(), run.quick())) {
            try (Database database = run.engine().newDatabase()) {
                Rate rate = peer.run(database, size);
                run.progress()
                        .say(
                                "%s (%s): %d jobs, %.0f jobs/s",
                                peer.name(), peer.settings(), rate.amount(), rate.perSecond());
                best.merge(peer.name(), rate, (one, other) -> one.perSecond() >= other.perSecond() ? one : other);
            }
        }
        return best;
    }

    private static List<Result> callers(Engine engine, QueueSize size, Progress progress) throws Exception {
        progress.say("callers that enqueue one by one");
        try (Database database = engine.newDatabase();
                Panel panel = DurablePanel.open(database)) {
            Callers.Found found = new Callers(CALLERS, () -> panel.jobs().enqueue(CALL)).run(size.callers());
            return List.of(
                    Result.of(QueueResults.CALLERS, found.rate().perSecond(), QueueResults.JOBS_PER_SECOND),
                    Result.of(QueueResults.CALLERS_P99, found.p99Millis(), QueueResults.MILLIS));
        }
    }

    private static List<Result> wakeUps(Engine engine, QueueSize size, Progress progress) throws Exception {
        progress.say("waking a worker %d times", size.wakeUps());
        try (Database database = engine.newDatabase();
                Panel panel = DurablePanel.open(database)) {
            Histogram nanos = new WakeUps(panel).run(size.wakeUps());
            return List.of(
                    millis(QueueResults.WAKE_UP_P50, nanos.getValueAtPercentile(50)),
                    millis(QueueResults.WAKE_UP_P99, nanos.getValueAtPercentile(99)),
                    millis(QueueResults.WAKE_UP_MAX, nanos.getMaxValue()));
        }
    }

    private static Result millis(String name, long nanos) {
        return Result.of(name, nanos / 1e6, QueueResults.MILLIS);
    }

    private static Result claims(Engine engine, QueueSize size, Progress progress) throws Exception {
        try (Database full = engine.newDatabase();
                Database empty = engine.newDatabase()) {
            ClaimCost.Found found = new ClaimCost(progress).run(full, empty, size.history(), size.claims());
            return Result.of(QueueResults.CLAIM, found.largeMillis(), QueueResults.MILLIS)
                    .beside(QueueResults.EMPTY, found.emptyMillis());
        }
    }

    private static Result longTransaction(Engine engine, QueueSize size, Progress progress) throws Exception {
        progress.say("life cycles for %d s, undisturbed", size.longTransaction().toSeconds());
        Rate undisturbed;
        try (Database database = engine.newDatabase();
                Panel panel = DurablePanel.open(database)) {
            undisturbed = new SteadyLoad(panel).run(size.longTransaction(), size.lastPart());
        }
        progress.say(
                "life cycles for %d s, with a transaction held open",
                size.longTransaction().toSeconds());
        try (Database database = engine.newDatabase();
                Panel panel = DurablePanel.open(database);
                LongTransaction transaction = LongTransaction.begin(database)) {
            Rate disturbed = new SteadyLoad(panel).run(size.longTransaction(), size.lastPart());
            transaction.requireOpen();
            return Result.of(QueueResults.LONG_TRANSACTION, disturbed.perSecond(), QueueResults.JOBS_PER_SECOND)
                    .beside(QueueResults.UNDISTURBED, undisturbed.perSecond());
        }
    }
}
