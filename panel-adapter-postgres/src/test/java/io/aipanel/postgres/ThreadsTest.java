package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.ports.storage.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is left of a storage in its process. */
@Isolated("threads of other tests cannot be told from those that are left over")
final class ThreadsTest {

    @Test
    void noThreadIsLeftAfterClosing() {
        PostgresStorageHarness harness = PostgresStorageHarness.direct();
        List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
        Storage storage = harness.openAnother(options -> options);
        storage.listen(Storage.Topic.JOBS, () -> {});
        storage.jobs().enqueue(List.of(NewJob.of("work")));
        assertThat(left(before)).as("a storage that is open has threads").isNotEmpty();

        storage.close();

        await("threads end").pollInSameThread().until(() -> left(before).isEmpty());
        harness.close();
    }

    private static List<Thread> left(List<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                // The driver shares one thread among all connections of the JVM.
                .filter(thread -> !thread.getName().startsWith("PostgreSQL-JDBC-"))
                .toList();
    }
}
