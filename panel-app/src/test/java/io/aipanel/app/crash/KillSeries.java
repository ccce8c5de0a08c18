package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.app.process.ChildProcess;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.jobs.JobMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kills a process that changes a panel, at a random moment, again and again on the same store, and looks each time
 * whether every acknowledged change is there, with exactly one event and one job each, and no event without its change.
 */
final class KillSeries {

    /** How many kills; more of them in the long series. */
    static final int KILLS = Integer.getInteger("panel.kills", 6);

    private static final Duration LONGEST_RUN = Duration.ofMillis(700);
    private static final Pattern ACKNOWLEDGED = Pattern.compile("^[a-z]+\\.[a-z]+ ");

    private final String storageUrl;
    private final Path directory;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final String owner;
    private int runs;
    private long acknowledged;

    /**
     * Makes the panel that is changed: one user to own sites, and a job for every change of a site.
     *
     * @param directory where the processes run
     * @param seed makes the moments of the kills, and with them the series, as repeatable as it can be
     */
    KillSeries(String storageUrl, Path directory, long seed) {
        this.storageUrl = storageUrl;
        this.directory = directory;
        this.random = new Random(seed);
        Actor actor = Actor.program("test");
        try (Panel panel = Panel.open(PanelOptions.of(storageUrl).jobs(JobMode.OFF))) {
            User user = panel.users()
                    .add(
                            actor,
                            new NewUser(
                                    new EmailAddress("owner@example.com"),
                                    "Owner",
                                    Set.of(),
                                    new Secret("a password")));
            owner = user.id().toString();
            panel.settings().set(actor, new SettingName("hosting.change-job"), "site.changed");
        }
        follow(List.of());
    }

    /** What a series came to, for people. */
    String summary() {
        return runs + " kills, " + acknowledged + " acknowledged changes, " + ledger.events() + " events";
    }

    /** Runs a mutator, kills it at a random moment, and follows. */
    void killOnce() {
        try (ChildProcess mutator = startMutator()) {
            runFor(mutator, moment());
            killAndFollow(mutator);
        }
    }

    /**
     * Runs a mutator, breaks its store at a random moment and mends it, waits until the mutator goes on, kills it at
     * another random moment, and follows.
     *
     * @param disaster ends with the store working again
     */
    void killOnceAfter(Runnable disaster) {
        try (ChildProcess mutator = startMutator()) {
            runFor(mutator, moment());
            disaster.run();
            int before = changes(mutator.out());
            await("changes after the store has come back")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> changes(mutator.out()) > before + Mutator.THREADS);
            runFor(mutator, moment());
            killAndFollow(mutator);
        }
    }

    private ChildProcess startMutator() {
        String name = "run-" + runs++;
        ChildProcess mutator = ChildProcess.start(
                Mutator.class,
                directory,
                Map.of(),
                List.of(storageUrl, owner, name, Long.toString(random.nextInt(1_000_000))));
        mutator.awaitLine(ACKNOWLEDGED);
        return mutator;
    }

    private Duration moment() {
        return Duration.ofMillis(random.nextInt((int) LONGEST_RUN.toMillis()));
    }

    /** Lets time pass in which the mutator must not end by itself. */
    private static void runFor(ChildProcess mutator, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(time.plusSeconds(10))
                .until(() -> !mutator.isAlive() || System.nanoTime() >= end);
        assertThat(mutator.isAlive()).as("alive: %s", mutator.err()).isTrue();
    }

    private void killAndFollow(ChildProcess mutator) {
        mutator.kill();
        List<String> lines = mutator.out();
        acknowledged += changes(lines);
        follow(lines);
    }

    private static int changes(List<String> lines) {
        return (int)
                lines.stream().filter(line -> ACKNOWLEDGED.matcher(line).find()).count();
    }

    private void follow(List<String> lines) {
        // Opening a panel and closing it delivers what the killed process has left.
        Panel.open(PanelOptions.of(storageUrl).jobs(JobMode.OFF)).close();
        try (Storage storage = openStorage(storageUrl)) {
            ledger.follow(storage, lines);
        }
    }

    /** Opens the stores themselves, without anything that would change them. */
    static Storage openStorage(String storageUrl) {
        StorageOptions options = StorageOptions.of(storageUrl);
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.scheme().equals(options.scheme()))
                .findFirst()
                .orElseThrow()
                .open(options);
    }
}
