package io.aipanel.bench.audit;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Bench;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.harness.Target;
import io.aipanel.ports.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The audit log. Appends have a fresh database each; questions are asked of one log that grows. */
public final class AuditBench implements Bench {

    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public List<String> results(EngineName engine) {
        List<String> names = new ArrayList<>(AuditResults.OF_APPENDS);
        names.addAll(AuditResults.OF_QUESTIONS);
        return List.copyOf(names);
    }

    @Override
    public List<Target> targets(EngineName engine) {
        List<Target> targets = new ArrayList<>(
                switch (engine) {
                    case SQLITE ->
                        List.of(
                                Target.atLeast(AuditResults.APPEND_64, 40_000),
                                Target.atLeast(AuditResults.APPEND_64, 0.7).beside(AuditResults.NO_TREE));
                    case POSTGRES -> List.of(Target.atLeast(AuditResults.APPEND_64, 15_000));
                });
        targets.add(Target.atMost(AuditResults.PROOF, 50));
        targets.add(Target.atMost(AuditResults.PAGE_10_GB, 20));
        return targets;
    }

    @Override
    public Measured run(BenchRun run) throws Exception {
        return run(run, run.quick() ? AuditSize.quick() : AuditSize.full());
    }

    /** Measures with another size. */
    Measured run(BenchRun run, AuditSize size) throws Exception {
        Progress progress = run.progress();
        progress.say("%s, durability %s", run.engine().version(), run.engine().durability());
        Appends appends = new Appends(run.engine(), size.appends(), progress);
        List<Result> results = new ArrayList<>();
        if (run.wants(List.of(AuditResults.APPEND_1))) {
            results.add(appends.withCallers(AuditResults.APPEND_1, 1));
        }
        if (run.wants(List.of(AuditResults.APPEND_16))) {
            results.add(appends.withCallers(AuditResults.APPEND_16, 16));
        }
        if (run.wants(List.of(AuditResults.APPEND_64))) {
            results.add(appends.withCallers(AuditResults.APPEND_64, 64));
        }
        if (run.wants(List.of(AuditResults.APPEND_BULK))) {
            results.add(appends.inBulk(AuditResults.APPEND_BULK));
        }
        if (run.wants(AuditResults.OF_QUESTIONS)) {
            results.addAll(questions(run, size));
        }
        return new Measured(Optional.empty(), results);
    }

    private static List<Result> questions(BenchRun run, AuditSize size) throws Exception {
        Progress progress = run.progress();
        // As many as in a year, however many there are: a week is the same part of the log at every size.
        SampleEvents samples = new SampleEvents(BEGIN, 365L * 86_400 * 1_000_000 / size.manyEvents());
        try (Database database = run.engine().newDatabase();
                Storage storage = DurablePanel.openStorage(database)) {
            Questions questions = new Questions(storage.audit(), samples, BEGIN, size.questions(), progress);
            FilledLog log = new FilledLog(storage, samples, progress);
            log.toEvents(size.events());
            database.settle();
            double pages = questions.pages();
            double summaries = questions.summaries();
            log.toEvents(size.provenEvents());
            database.settle();
            double proofs = questions.proofs();
            log.toEvents(size.manyEvents());
            database.settle();
            double manyPages = questions.pages();
            if (!run.quick()) {
                questions.coldPages();
            }
            return List.of(
                    millis(AuditResults.PAGE, pages),
                    millis(AuditResults.SUMMARY, summaries),
                    millis(AuditResults.PROOF, proofs),
                    millis(AuditResults.PAGE_10_GB, manyPages));
        }
    }

    private static Result millis(String name, double value) {
        return Result.of(name, value, AuditResults.MILLIS);
    }
}
