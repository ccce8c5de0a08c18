package io.aipanel.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts the threads of this JVM")
final class SqliteLeavesNothingBehindTest {

    @TempDir
    Path directory;

    @Test
    void aClosedStorageHasNeitherThreadsNorOpenFiles() {
        List<Thread> before = threads();
        Storage storage = SqliteOpeningTest.open(directory);
        SqliteProcessesTest.append(storage, "event");
        storage.jobs().enqueue(List.of(NewJob.of("work")));
        Storage.Subscription subscription = storage.listen(Storage.Topic.JOBS, () -> {});
        storage.settings().settings();
        assertThat(openFiles()).as("an open storage has its files open").isNotEmpty();
        assertThat(threads()).as("an open storage has threads").hasSizeGreaterThan(before.size());

        storage.close();
        subscription.close();

        assertThat(openFiles()).as("files of the directory that are open").isEmpty();
        // Hikari does not wait for its own threads to end.
        Awaitility.await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    @Test
    void aStorageThatCannotBeOpenedHasNeitherThreadsNorOpenFiles() throws IOException {
        SqliteOpeningTest.open(directory).close();
        Files.writeString(directory.resolve("queue.db"), "This is not a database. ".repeat(100));
        List<Thread> before = threads();

        assertThat(catchThrowable(() -> SqliteOpeningTest.open(directory))).isNotNull();

        assertThat(openFiles()).as("files of the directory that are open").isEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    @Test
    void aClosedStorageHasMovedItsLogsIntoItsFiles() throws IOException {
        try (Storage storage = SqliteOpeningTest.open(directory)) {
            SqliteProcessesTest.append(storage, "event");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("panel.db", "audit.db", "queue.db", "open.lock");
        }
    }

    /** Those of the JVM itself and of this test's patience are not ours. */
    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && thread.getThreadGroup().getName().equals("main"))
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .toList();
    }

    /** What this process has open in the directory. */
    private List<String> openFiles() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(SqliteLeavesNothingBehindTest::target)
                    .filter(target -> target.startsWith(directory.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
