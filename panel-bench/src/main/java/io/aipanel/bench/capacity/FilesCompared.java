package io.aipanel.bench.capacity;

import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.harness.Callers;
import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.sqlite.jobs.SqliteJobQueueRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * ADR-002 says that three files take more than one. So the same is written, through the same repositories and the same group
 * commit, to three files and to one that has all their tables; both are open, and they take turns.
 */
final class FilesCompared {

    private static final int CALLERS = 64;

    private final List<Double> p95 = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final WriteLatencies latencies;
    private final StoresLoad load;

    private FilesCompared(WriteLatencies latencies, StoresLoad load) {
        this.latencies = latencies;
        this.load = load;
    }

    /** Measures both on SQLite; nobody else has files in one place or in three. */
    static List<Result> run(Engine engine, CapacitySize size, Progress progress) throws Exception {
        WriteLatencies ofThree = new WriteLatencies();
        WriteLatencies ofOne = new WriteLatencies();
        Semaphore newsOfThree = new Semaphore(0);
        Semaphore newsOfOne = new Semaphore(0);
        try (Database database = engine.newDatabase();
                Database other = engine.newDatabase();
                OpenStores files = OpenStores.three(database, JobLoop.telling(newsOfThree), ofThree);
                OpenStores file = OpenStores.one(other, JobLoop.telling(newsOfOne), ofOne)) {
            JobQueueRepository jobsOfThree = jobs(files);
            JobQueueRepository jobsOfOne = jobs(file);
            FilesCompared three =
                    new FilesCompared(ofThree, new StoresLoad(files, jobsOfThree, samples(), size.comparedEvents()));
            FilesCompared one =
                    new FilesCompared(ofOne, new StoresLoad(file, jobsOfOne, samples(), size.comparedEvents()));
            try (JobLoop worker = new JobLoop(jobsOfThree, newsOfThree);
                    JobLoop otherWorker = new JobLoop(jobsOfOne, newsOfOne)) {
                for (int round = 0; round < size.rounds(); round++) {
                    // Whoever comes second finds a warmer processor.
                    FilesCompared first = round % 2 == 0 ? three : one;
                    first.measure(size.compared());
                    (first == three ? one : three).measure(size.compared());
                    worker.requireRunning();
                    otherWorker.requireRunning();
                }
            }
            return results(three, one, progress);
        }
    }

    private static List<Result> results(FilesCompared three, FilesCompared one, Progress progress) {
        double p95OfThree = Median.of(three.p95);
        double p95OfOne = Median.of(one.p95);
        double rateOfThree = Median.of(three.rates);
        double rateOfOne = Median.of(one.rates);
        progress.say(
                "three files: p95 %.2f ms, %.0f writes/s; one file: p95 %.2f ms, %.0f writes/s",
                p95OfThree, rateOfThree, p95OfOne, rateOfOne);
        return List.of(
                Result.of(CapacityResults.ONE_FILE_P95, p95OfThree, CapacityResults.MILLIS)
                        .beside(CapacityResults.ONE_FILE, p95OfOne),
                Result.of(CapacityResults.ONE_FILE_RATE, rateOfThree, CapacityResults.WRITES_PER_SECOND)
                        .beside(CapacityResults.ONE_FILE, rateOfOne));
    }

    private void measure(Duration window) throws Exception {
        List<OpenLoop> calls = load.begin(Step.TARGET_FACTOR);
        try {
            OpenLoop.run(calls, window.dividedBy(4));
            latencies.sinceLastTime();
            OpenLoop.run(calls, window);
            p95.add(latencies.sinceLastTime().millisOfAll(95));
        } finally {
            calls.forEach(OpenLoop::close);
        }
        rates.add(new Callers(CALLERS, load::write)
                .run(window.dividedBy(2))
                .rate()
                .perSecond());
    }

    private static JobQueueRepository jobs(OpenStores stores) {
        return new SqliteJobQueueRepository(stores.queue(), InstantSource.system(), () -> {});
    }

    private static SampleEvents samples() {
        return new SampleEvents(Instant.parse("2026-01-01T00:00:00Z"), 20_000);
    }
}
