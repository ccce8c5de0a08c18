package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.app.process.ChildProcess;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.QueueCounts;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.jobs.JobMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Runs workers and an enqueuer in processes of their own on one store, and kills one of them at a random moment, again and
 * again. In between, and in the end, it looks from outside whether everything adds up.
 */
final class JobKillSeries implements AutoCloseable {

    private static final int WORKERS = 2;

    /** After so many kills everybody is killed, so that there is nothing in motion while the store is looked at. */
    private static final int LOOK_EVERY = 5;

    private static final Duration LONGEST_RUN = Duration.ofMillis(600);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern AT_WORK = Pattern.compile("^(ready|job )");

    private final String storageUrl;
    private final Path directory;
    private final Random random;
    private final JobLedger ledger = new JobLedger();

    /** The first one enqueues, the others work. */
    private final List<ChildProcess> running = new ArrayList<>();

    private int kills;

    /**
     * Makes the store.
     *
     * @param directory where the processes run
     * @param seed makes the moments of the kills, and with them the series, as repeatable as it can be
     */
    JobKillSeries(String storageUrl, Path directory, long seed) {
        this.storageUrl = storageUrl;
        this.directory = directory;
        this.random = new Random(seed);
        Panel.open(PanelOptions.of(storageUrl).jobs(JobMode.OFF)).close();
    }

    /** What a series came to, for people. */
    String summary() {
        return kills + " kills, " + ledger.summary();
    }

    /** Kills that often, and looks. */
    void run(int wanted) {
        while (kills < wanted) {
            startMissing();
            letRun(Duration.ofMillis(random.nextInt((int) LONGEST_RUN.toMillis())));
            if (kills % LOOK_EVERY == LOOK_EVERY - 1) {
                killAll();
                lookAtKeys();
            } else {
                kill(running.get(random.nextInt(running.size())));
            }
        }
        killAll();
        lookAtKeys();
        finish();
    }

    /** Lets one worker, which is not killed, end what is left, and looks at everything. */
    private void finish() {
        ChildProcess last = start(JobWorker.class, List.of(storageUrl));
        try (Storage storage = KillSeries.openStorage(storageUrl)) {
            await("the end of all jobs")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !last.isAlive() || left(storage) == 0);
            last.type("");
            assertThat(last.exitCode()).as("%s", last.err()).isZero();
            ledger.add(last.out());
            ledger.requireUniqueKeys(storage);
            ledger.requireEverything(storage);
        }
    }

    private static long left(Storage storage) {
        return storage.jobs().counts().stream()
                .filter(counts -> counts.queue().equals(QueueName.DEFAULT))
                .map(QueueCounts::jobs)
                .mapToLong(jobs -> jobs.get(JobState.PENDING) + jobs.get(JobState.RUNNING))
                .sum();
    }

    private void lookAtKeys() {
        try (Storage storage = KillSeries.openStorage(storageUrl)) {
            ledger.requireUniqueKeys(storage);
        }
    }

    private void startMissing() {
        if (running.stream().noneMatch(process -> process.out().stream().anyMatch(line -> line.startsWith("job ")))) {
            running.add(start(JobEnqueuer.class, List.of(storageUrl, Long.toString(random.nextInt(1_000_000)))));
        }
        while (running.size() < WORKERS + 1) {
            running.add(start(JobWorker.class, List.of(storageUrl)));
        }
        running.forEach(process -> process.awaitLine(AT_WORK));
    }

    private ChildProcess start(Class<?> main, List<String> arguments) {
        return ChildProcess.start(main, directory, Map.of(), arguments);
    }

    /** Lets time pass in which nobody must end by themselves. */
    private void letRun(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(time.plusSeconds(10))
                .until(() -> System.nanoTime() >= end);
        assertThat(running)
                .allSatisfy(process -> assertThat(process.isAlive())
                        .as("alive: %s", process.err())
                        .isTrue());
    }

    private void killAll() {
        List.copyOf(running).forEach(this::kill);
    }

    private void kill(ChildProcess process) {
        process.kill();
        running.remove(process);
        ledger.add(process.out());
        kills++;
    }

    @Override
    public void close() {
        running.forEach(ChildProcess::close);
    }
}
