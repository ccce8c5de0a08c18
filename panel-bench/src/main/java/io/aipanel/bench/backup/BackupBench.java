package io.aipanel.bench.backup;

import io.aipanel.bench.audit.FilledLog;
import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Bench;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.harness.Target;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.service.Panel;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.iam.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Backups of a log that has grown: how long the copies take, and how long those wait who write meanwhile. */
public final class BackupBench implements Bench {

    private static final String COPY = "copy";
    private static final String WRITE = "write.p99";
    private static final String STALL = "stall.max";
    private static final String WRITE_BESIDE_LONG = "write.p99.long-transaction";
    private static final String STALL_BESIDE_LONG = "stall.max.long-transaction";
    private static final String CP = "cp";
    private static final String IDLE = "idle";
    private static final String MILLIS = "ms";

    private static final Actor ACTOR = Actor.program("bench");

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public List<String> results(EngineName engine) {
        return List.of(COPY, WRITE, STALL, WRITE_BESIDE_LONG, STALL_BESIDE_LONG);
    }

    @Override
    public List<Target> targets(EngineName engine) {
        List<Target> targets = new ArrayList<>();
        if (engine == EngineName.SQLITE) {
            targets.add(Target.atMost(COPY, 2).beside(CP));
        }
        for (String write : List.of(WRITE, WRITE_BESIDE_LONG)) {
            targets.add(Target.atMost(write, 3).beside(IDLE));
        }
        for (String stall : List.of(STALL, STALL_BESIDE_LONG)) {
            targets.add(Target.atMost(stall, 100));
        }
        return targets;
    }

    @Override
    public Measured run(BenchRun run) throws Exception {
        return run(run, run.quick() ? BackupSize.quick() : BackupSize.full());
    }

    /** Measures with another size. */
    Measured run(BenchRun run, BackupSize size) throws Exception {
        Progress progress = run.progress();
        progress.say("%s, durability %s", run.engine().version(), run.engine().durability());
        List<Result> results = new ArrayList<>();
        try (Database database = run.engine().newDatabase()) {
            Path directory = Files.createDirectory(database.files().resolve("backups"));
            try (Storage storage = DurablePanel.openStorage(database)) {
                SampleEvents samples = new SampleEvents(Instant.parse("2025-01-01T00:00:00Z"), 1_000_000);
                new FilledLog(storage, samples, progress).toBytes(size.bytes());
            }
            database.settle();
            if (run.wants(List.of(COPY))) {
                results.add(copies(run, database, size.copies()));
            }
            if (run.wants(List.of(WRITE, STALL, WRITE_BESIDE_LONG, STALL_BESIDE_LONG))) {
                results.addAll(writes(database, directory, size, progress));
            }
        }
        return new Measured(Optional.empty(), results);
    }

    /** One of ours, one of theirs, in turn; the median of each. */
    private static Result copies(BenchRun run, Database database, int number) throws IOException, InterruptedException {
        Path target = Files.createDirectory(database.files().resolve("copies"));
        long[] ours = new long[number];
        long[] theirs = new long[number];
        boolean beside = run.engine().name() == EngineName.SQLITE;
        try (Storage storage = DurablePanel.openStorage(database)) {
            for (int i = 0; i < number; i++) {
                ours[i] = copy(storage, target);
                if (beside) {
                    theirs[i] = plainCopy(storage.report().stores(), target);
                }
            }
        }
        Result result = Result.of(COPY, median(ours) / 1e6, MILLIS);
        return beside ? result.beside(CP, median(theirs) / 1e6) : result;
    }

    private static long copy(Storage storage, Path target) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Path> files = new ArrayList<>();
        try (Snapshot snapshot = storage.snapshot()) {
            for (StoreName store : StoreName.values()) {
                Path file = target.resolve(snapshot.fileName(store));
                files.add(file);
                snapshot.copy(store, file, (done, all) -> {});
            }
        }
        sync(files);
        long took = System.nanoTime() - begin;
        for (Path file : files) {
            Files.delete(file);
        }
        return took;
    }

    /** By another process: one that has the files open as SQLite does must not open them in another way. */
    private static long plainCopy(List<StoreReport> stores, Path target) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Path> files = new ArrayList<>();
        for (StoreReport store : stores) {
            Path file = target.resolve(store.store().wireName());
            files.add(file);
            command("cp", store.location(), file.toString());
        }
        sync(files);
        long took = System.nanoTime() - begin;
        for (Path file : files) {
            Files.delete(file);
        }
        return took;
    }

    private static void sync(List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sync"));
        files.forEach(file -> command.add(file.toString()));
        command(command.toArray(String[]::new));
    }

    private static void command(String... command) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + exitCode);
        }
    }

    private static List<Result> writes(Database database, Path directory, BackupSize size, Progress progress)
            throws Exception {
        try (Panel panel = DurablePanel.open(database, options -> options.backup(BackupOptions.in(directory)))) {
            SteadyWrites writes = new SteadyWrites(panel);
            try {
                return writes(panel, writes, size, progress);
            } finally {
                writes.end();
            }
        }
    }

    private static List<Result> writes(Panel panel, SteadyWrites writes, BackupSize size, Progress progress)
            throws InterruptedException {
        long window = size.window().toNanos();
        TimeUnit.NANOSECONDS.sleep(window / 4);
        writes.sinceLastTime();
        TimeUnit.NANOSECONDS.sleep(window);
        Histogram idle = writes.sinceLastTime();
        progress.say("%d writes without a backup, p99 %.2f ms", idle.getTotalCount(), p99(idle));
        int backups = backUp(panel, size.window());
        Histogram busy = writes.sinceLastTime();
        progress.say("%d writes beside %d backups, p99 %.2f ms", busy.getTotalCount(), backups, p99(busy));
        Histogram beside = besideLongTransaction(panel, writes, size.transaction());
        progress.say("%d beside a long transaction, too, p99 %.2f ms", beside.getTotalCount(), p99(beside));
        return List.of(
                Result.of(WRITE, p99(busy), MILLIS).beside(IDLE, p99(idle)),
                Result.of(STALL, busy.getMaxValue() / 1e6, MILLIS),
                Result.of(WRITE_BESIDE_LONG, p99(beside), MILLIS).beside(IDLE, p99(idle)),
                Result.of(STALL_BESIDE_LONG, beside.getMaxValue() / 1e6, MILLIS));
    }

    /** Writes to the other two stores, beside a backup that has to wait for a transaction on the panel store. */
    private static Histogram besideLongTransaction(Panel panel, SteadyWrites writes, Duration transaction)
            throws InterruptedException {
        writes.sparePanelStore();
        CountDownLatch begun = new CountDownLatch(1);
        Thread other = new Thread(
                () -> panel.changes().make(ACTOR, change -> {
                    begun.countDown();
                    LockSupport.parkNanos(transaction.toNanos());
                    return true;
                }),
                "long transaction");
        other.start();
        begun.await();
        writes.sinceLastTime();
        backUp(panel, Duration.ZERO);
        Histogram beside = writes.sinceLastTime();
        other.join();
        return beside;
    }

    /** Whole backups, one after the other; answers how many. */
    private static int backUp(Panel panel, Duration window) {
        long until = System.nanoTime() + window.toNanos();
        int made = 0;
        do {
            Backup backup =
                    panel.backups().create(ACTOR, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
            panel.backups().remove(ACTOR, backup.name());
            made++;
        } while (System.nanoTime() - until < 0);
        return made;
    }

    private static double p99(Histogram histogram) {
        return histogram.getValueAtPercentile(99) / 1e6;
    }

    private static double median(long... values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
