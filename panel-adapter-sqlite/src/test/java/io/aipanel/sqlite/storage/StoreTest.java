package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {

    private static final String ENDLESS = """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n
            """;

    @TempDir
    Path directory;

    @Test
    void aReadEndsWhenItsTimeIsOver() {
        try (Store store = BatchOfSixteen.openAgain(directory, Duration.ofMillis(150))) {
            assertThatThrownBy(() -> store.read(connection -> connection
                            .handle()
                            .createQuery(ENDLESS)
                            .mapTo(Long.class)
                            .one()))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.TIMED_OUT));
            assertThat(store.<Long>read(connection -> connection
                            .handle()
                            .createQuery("SELECT 7")
                            .mapTo(Long.class)
                            .one()))
                    .as("the connection goes on")
                    .isEqualTo(7);
        }
    }

    @Test
    void aReaderCannotWrite() {
        try (Store store = BatchOfSixteen.open(directory, Duration.ofSeconds(30))) {
            assertThatThrownBy(() -> store.read(connection -> {
                        BatchOfSixteen.insert(connection, 1, 1);
                        return true;
                    }))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.READ_ONLY));
        }
    }

    @Test
    void anInterruptNeitherEndsACallNorIsLost() {
        try (Store store = BatchOfSixteen.open(directory, Duration.ofSeconds(30))) {
            Thread.currentThread().interrupt();

            store.write(connection -> {
                BatchOfSixteen.insert(connection, 1, 1);
                return true;
            });
            List<Integer> stored = BatchOfSixteen.stored(store);

            assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
            assertThat(stored).containsExactly(1);
        }
    }

    @Test
    void theWriteAheadLogStaysBoundedWhileWritersNeverPause() throws IOException, InterruptedException {
        long mebibytes = 240;
        try (Store store = BatchOfSixteen.open(directory, Duration.ofSeconds(60))) {
            AtomicLong number = new AtomicLong();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread writer = new Thread(() -> {
                    for (long n = number.incrementAndGet(); n <= mebibytes; n = number.incrementAndGet()) {
                        int mine = Math.toIntExact(n);
                        store.write(connection -> {
                            BatchOfSixteen.insert(connection, mine, 1 << 20);
                            return true;
                        });
                    }
                });
                writer.start();
                writers.add(writer);
            }
            for (Thread writer : writers) {
                writer.join();
            }

            assertThat(BatchOfSixteen.stored(store)).hasSize(Math.toIntExact(mebibytes));
            assertThat(Files.size(store.file().wal()))
                    .as("the log has started over meanwhile")
                    .isLessThan((mebibytes << 20) / 2);
        }
    }
}
