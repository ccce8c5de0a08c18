package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.app.process.ChildProcess;
import io.aipanel.domain.backup.BackupName;
import io.aipanel.domain.backup.BackupTrigger;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.backup.Backup;
import io.aipanel.service.backup.BackupOptions;
import io.aipanel.service.backup.CreateProgress;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.JobMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process that makes and removes backups, again and again: at each of the stages that it tells of, and some moments
 * later, so that in the end every step in between was hit.
 */
class BackupKillTest {

    /** How many kills: twice as many as of others in the long series, because there are many steps to hit. */
    private static final int KILLS = 2 * Integer.getInteger("panel.kills", 5);

    private static final Actor ACTOR = Actor.program("test");
    private static final Pattern READY = Pattern.compile("^ready$");
    /** After a backup has been begun, and before the next one can be. */
    private static final List<String> STAGES = List.of(
            "at copying panel.db",
            "at copying audit.db",
            "at copying queue.db",
            "at checking panel.db",
            "at checking audit.db",
            "at checking queue.db",
            "made ",
            "removing ");
    /** Longer than any of these stages takes. */
    private static final int MOMENTS_LATER_MICROS = 60_000;

    @TempDir
    private Path directory;

    private final long seed =
            Long.getLong("panel.seed", ThreadLocalRandom.current().nextInt());
    private final Random random = new Random(seed);
    private final Set<BackupName> known = new HashSet<>();
    private Panel panel;
    private int unfinished;

    @BeforeEach
    void open() {
        panel = Panel.open(PanelOptions.of(url()).jobs(JobMode.OFF).backup(BackupOptions.in(archives())));
    }

    @AfterEach
    void close() {
        panel.close();
    }

    @Test
    void whateverHasABackupsNameIsWholeAndTheNextOneIsMade() throws IOException {
        System.out.println("BackupKillTest: -Dpanel.seed=" + seed);
        ChildProcess next = start();
        try {
            for (int i = 0; i < KILLS; i++) {
                ChildProcess maker = next;
                maker.awaitLine(READY);
                // It starts while this one is killed and looked after.
                next = start();
                kill(maker, STAGES.get(i % STAGES.size()));
                requireWholeBackups(maker.out());
            }
        } finally {
            next.close();
        }
        assertThat(panel.backups().list(ACTOR)).isNotEmpty();
        System.out.println("BackupKillTest: " + KILLS + " kills, " + unfinished + " of them left something unfinished");
    }

    private ChildProcess start() {
        return ChildProcess.start(
                BackupMaker.class,
                directory,
                Map.of(),
                List.of(url(), archives().toString()));
    }

    private void kill(ChildProcess maker, String stage) {
        try (maker) {
            maker.type("go");
            int times = random.nextInt(1, 4);
            long later = random.nextInt(3) == 0 ? 0 : random.nextInt(MOMENTS_LATER_MICROS);
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !maker.isAlive()
                            || maker.out().stream()
                                            .filter(line -> line.startsWith(stage))
                                            .count()
                                    >= times);
            long end = System.nanoTime() + later * 1_000;
            await().atMost(Duration.ofSeconds(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> System.nanoTime() >= end);
            assertThat(maker.isAlive()).as("alive: %s", maker.err()).isTrue();
            maker.kill();
        }
    }

    private void requireWholeBackups(List<String> told) throws IOException {
        Set<BackupName> expected = new HashSet<>(known);
        names(told, "made ").forEach(expected::add);
        names(told, "removing ").forEach(expected::remove);
        List<Backup> listed = panel.backups().list(ACTOR);
        assertThat(listed).extracting(Backup::name).as("what was made is there").containsAll(expected);
        unfinished += entries().stream().anyMatch(name -> name.startsWith(".unfinished")) ? 1 : 0;

        Backup made = panel.backups().create(ACTOR, BackupTrigger.ON_DEMAND, Optional.empty(), CreateProgress.NONE);
        assertThat(entries()).as("what was left unfinished").noneMatch(name -> name.startsWith(".unfinished"));
        known.clear();
        for (Backup backup : listed) {
            assertThat(panel.backups()
                            .verify(ACTOR, backup.name(), false, CreateProgress.NONE)
                            .problems())
                    .as("what is wrong with %s, which has the name of a backup", backup.name())
                    .isEmpty();
            panel.backups().remove(ACTOR, backup.name());
        }
        known.add(made.name());
    }

    private static Stream<BackupName> names(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> new BackupName(line.substring(what.length())));
    }

    /** Of the manifest, of what came of the check, and of the whole: killed when it is about to be done. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @EnabledIf(value = "canTrace", disabledReason = "strace must be there, and allowed to trace any process")
    void aKillAtARenameLeavesNoHalfBackup(int rename) throws IOException, InterruptedException {
        try (ChildProcess maker = start()) {
            maker.awaitLine(READY);
            Path log = directory.resolve("strace");
            Process strace = new ProcessBuilder(
                            "strace",
                            "-f",
                            "-e",
                            "trace=rename",
                            "-e",
                            "inject=rename:signal=KILL:when=" + rename,
                            "-p",
                            Long.toString(maker.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Files.readString(log).contains("attached"));
                maker.type("go");
                assertThat(maker.exitCode())
                        .as("ended by SIGKILL: %s", maker.err())
                        .isEqualTo(137);
                assertThat(strace.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                strace.destroyForcibly();
            }
            assertThat(maker.out()).as("what it told").noneMatch(line -> line.startsWith("made "));
            assertThat(panel.backups().list(ACTOR)).isEmpty();
            assertThat(entries()).as("it was in the middle").anyMatch(name -> name.startsWith(".unfinished"));
            requireWholeBackups(maker.out());
        }
    }

    static boolean canTrace() throws InterruptedException {
        if (System.getenv("TEST_TOOLS_REQUIRED") != null) {
            return true;
        }
        try {
            // Root may trace whom it likes; others mostly only what they have started under it.
            return System.getProperty("user.name").equals("root")
                    && new ProcessBuilder("strace", "-qq", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whileOneProcessMakesABackupAnotherIsRefused() {
        try (ChildProcess maker = start()) {
            maker.awaitLine(READY);
            AtomicBoolean refused = new AtomicBoolean();
            panel.backups().create(ACTOR, BackupTrigger.ON_DEMAND, Optional.empty(), (what, done, all) -> {
                if (!refused.getAndSet(true)) {
                    maker.type("go");
                    assertThat(maker.exitCode()).isEqualTo(1);
                }
            });
            assertThat(String.join("\n", maker.err()))
                    .contains("BackupsBusy", "a backup is being made, checked or removed in " + archives());
        }
        assertThat(panel.backups().list(ACTOR)).hasSize(1);
    }

    private Set<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(archives())) {
            return new HashSet<>(
                    entries.map(entry -> entry.getFileName().toString()).toList());
        }
    }

    private String url() {
        return "sqlite:" + directory.resolve("data");
    }

    private Path archives() {
        return directory.resolve("archives");
    }
}
