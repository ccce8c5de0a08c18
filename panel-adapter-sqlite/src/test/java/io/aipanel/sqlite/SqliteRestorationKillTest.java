package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Role;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.backup.LogAfterwards.Restarted;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.jobs.JobSamples;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that replaces the files of a storage just before it renames, removes or syncs something, at each such place
 * in turn. {@code -Dpanel.kills} says how many of the places are tried.
 */
class SqliteRestorationKillTest {

    private static final String CALLS = "rename,unlink,rmdir,mkdir,fsync,fdatasync";
    private static final String RESTORED = "restored@example.com";
    private static final String PRESENT = "present@example.com";

    @TempDir
    private Path directory;

    static boolean isWanted() {
        return SqliteDurabilityTest.isWanted();
    }

    /** A storage of which copies were made, and that has changed since. */
    @BeforeEach
    void fill() throws IOException {
        Path copies = Files.createDirectory(directory.resolve("copies"));
        try (Storage storage = SqliteOpeningTest.open(directory.resolve("before"))) {
            write(storage, RESTORED);
            try (Snapshot snapshot = storage.snapshot()) {
                for (StoreName store : StoreName.values()) {
                    snapshot.copy(store, copies.resolve(snapshot.fileName(store)), (done, all) -> {});
                }
            }
            write(storage, PRESENT);
        }
    }

    @Test
    @EnabledIf(value = "isWanted", disabledReason = "strace is missing: apt-get install strace")
    void whoeverIsKilledLeavesAllOrNothing() throws IOException {
        int wanted = Integer.getInteger("panel.kills", 10);
        int places = places();
        int old = 0;
        int fresh = 0;
        for (int kill = 0; kill < wanted; kill++) {
            int place = 1 + kill % places * places / Math.min(wanted, places);
            Path data = data("kill" + kill);
            boolean ended = run(List.of("--inject=" + CALLS + ":signal=SIGKILL:when=" + place), data);
            if (isRestored(data, place)) {
                fresh++;
            } else {
                assertThat(ended)
                        .as("who was not killed before place %d has restored", place)
                        .isFalse();
                old++;
            }
        }
        System.out.println(wanted + " kills at " + places + " places: " + old + " left everything as it was, " + fresh
                + " restored it");
        assertThat(old).as("kills before it was decided").isPositive();
        assertThat(fresh).as("kills after it was decided").isPositive();
    }

    /** At how many places a process can be killed: what the thread does that does most of it. */
    private int places() throws IOException {
        Path data = data("whole");
        assertThat(run(List.of(), data)).isTrue();
        assertThat(isRestored(data, 0)).isTrue();
        Map<String, Integer> calls = new HashMap<>();
        for (String line : Files.readAllLines(trace())) {
            if (!line.contains("+++") && !line.contains("---") && !line.contains("resumed>")) {
                calls.merge(line.substring(0, line.indexOf(' ')), 1, Integer::sum);
            }
        }
        return calls.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** Whether the process came to its end. */
    private boolean run(List<String> options, Path data) {
        List<String> strace = Stream.concat(
                        Stream.of("strace", "--follow-forks", "--trace=" + CALLS, "--output=" + trace()),
                        options.stream())
                .toList();
        try (ChildJvm child = ChildJvm.start(
                strace,
                List.of("-XX:-UsePerfData"),
                Restoring.class,
                data.toString(),
                directory.resolve("copies").toString())) {
            return child.end().contains("done");
        }
    }

    private static boolean isRestored(Path data, int place) {
        try (Storage storage = SqliteOpeningTest.open(data)) {
            assertThat(storage.check())
                    .as("damage after a kill at place %d", place)
                    .isEmpty();
            boolean restored =
                    storage.iam().userByEmail(new EmailAddress(PRESENT)).isEmpty();
            assertThat(storage.iam().userByEmail(new EmailAddress(RESTORED))).isPresent();
            assertThat(List.of(
                            storage.jobs().counts().get(0).jobs().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum(),
                            storage.audit().size()))
                    .as("all stores are of one state after a kill at place %d", place)
                    .isEqualTo(restored ? List.of(1L, 2L) : List.of(2L, 2L));
            assertThat(storage.checkpoints().origin("as.before").equals("restored"))
                    .as("the log is of that state, too")
                    .isEqualTo(restored);
            assertThat(data.resolve("restoring")).doesNotExist();
            return restored;
        }
    }

    private Path trace() {
        return directory.resolve("trace");
    }

    private Path data(String name) throws IOException {
        Path data = Files.createDirectory(directory.resolve(name));
        for (StoreName store : StoreName.values()) {
            String file = store.wireName() + ".db";
            Files.copy(directory.resolve("before").resolve(file), data.resolve(file));
        }
        return data;
    }

    private static void write(Storage storage, String email) {
        storage.iam().addUser(IamSamples.user(email, Role.ADMIN));
        storage.audit().append(List.of(AuditSamples.event(email)));
        storage.jobs().enqueue(List.of(JobSamples.work()));
    }

    /** Restores copies, and says so. */
    static final class Restoring {
        public static void main(String[] arguments) {
            StorageOptions options = StorageOptions.of("sqlite:" + arguments[0]);
            try (Restoration restoration = new SqliteStorageProvider().beginRestoration(options)) {
                restoration.openPresent().ifPresent(Storage::close);
                restoration.replace(
                        Path.of(arguments[1]),
                        new Restarted("restored", AuditSamples.event("restarted")),
                        stores -> {});
            }
            System.out.println("done");
        }
    }
}
