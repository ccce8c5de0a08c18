package io.aipanel.bench.capacity;

import io.aipanel.bench.audit.FilledLog;
import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.DurablePanel;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Progress;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Panel;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that are wanted, one after the other, on one database whose log grows between them. */
final class LoadSteps {

    /** As often as people do things on a busy panel; it decides how the indexes fill. */
    private static final long STEP_MICROS = 20_000;

    /** What is left of a disk that a log still fits on, beside the log itself: write-ahead logs, jobs, and some air. */
    private static final long AIR_BYTES = 2_000_000_000;

    private final SampleEvents samples = new SampleEvents(Instant.parse("2025-01-01T00:00:00Z"), STEP_MICROS);
    private final BenchRun run;
    private final CapacitySize size;
    private final Progress progress;

    LoadSteps(BenchRun run, CapacitySize size) {
        this.run = run;
        this.size = size;
        this.progress = run.progress();
    }

    /** What each has shown, in the order of {@link Step#all}; those are missing whose log does not fit on the disk. */
    Map<Step, LoadedPanel.Found> run() throws Exception {
        Map<Step, LoadedPanel.Found> found = new LinkedHashMap<>();
        try (Database database = run.engine().newDatabase()) {
            for (LogSize log : LogSize.values()) {
                List<Step> wanted = Step.all().stream()
                        .filter(step -> step.log() == log && run.wants(CapacityResults.of(step)))
                        .toList();
                if (!wanted.isEmpty() && fill(database, (long) (size.logBytes() * log.share()))) {
                    measure(database, wanted, found);
                }
            }
        }
        return found;
    }

    private boolean fill(Database database, long bytes) throws Exception {
        try (Storage storage = DurablePanel.openStorage(database)) {
            FilledLog log = new FilledLog(storage, samples, progress);
            long room = Files.getFileStore(database.files()).getUsableSpace();
            long needed = bytes - log.bytes();
            if (needed + AIR_BYTES > room) {
                progress.say(
                        "not measured: a log of %d MB does not fit on the disk, which has room for %d MB: set"
                                + " PANEL_BENCH_DIRECTORY to a larger one",
                        bytes / 1_000_000, room / 1_000_000);
                return false;
            }
            log.toBytes(bytes);
        }
        database.settle();
        return true;
    }

    private void measure(Database database, List<Step> steps, Map<Step, LoadedPanel.Found> found) throws Exception {
        try (Panel panel = DurablePanel.open(database);
                WriteLatencies latencies = WriteLatencies.of(panel)) {
            LoadedPanel loaded = new LoadedPanel(panel, size.sessions(), samples, latencies, progress);
            for (Step step : steps) {
                found.put(step, loaded.run(step, size.warmUp(), size.window(step)));
            }
        }
    }
}
