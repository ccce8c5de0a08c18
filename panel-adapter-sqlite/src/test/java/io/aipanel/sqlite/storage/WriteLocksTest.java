package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriteLocksTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private List<StoreFile> files;

    /** As a store has one all the time: the last one to be closed would put everything away, which others must not meet. */
    private final List<Connection> open = new ArrayList<>();

    @BeforeEach
    void make() throws SQLException {
        files = new ArrayList<>();
        for (StoreFile file : new StorageDirectory(directory).prepare()) {
            files.add(file);
            Connection connection = new Connections(file).beside();
            open.add(connection);
            Connections.execute(connection, "PRAGMA journal_mode = WAL");
            Connections.execute(connection, "CREATE TABLE t (a)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }

    @Test
    void whileTheyAreHeldNobodyWritesAndAfterwardsEverybodyMay() throws SQLException {
        try (WriteLocks held = WriteLocks.take(files, LONG)) {
            assertThat(held).isNotNull();
            assertThat(lockable()).isEmpty();
        }
        assertThat(lockable()).containsExactly(StoreName.values());
    }

    @ParameterizedTest
    @EnumSource(StoreName.class)
    void ifOneCannotBeHadTheOthersAreLetGoOf(StoreName taken) throws SQLException {
        try (Connection other = lock(taken)) {
            assertThat(other.isClosed()).isFalse();
            assertThatThrownBy(() -> WriteLocks.take(files, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StoreUnavailable.Reason.TIMED_OUT))
                    .hasMessageContaining("try again");

            assertThat(lockable())
                    .containsExactly(Arrays.stream(StoreName.values())
                            .filter(name -> name != taken)
                            .toArray(StoreName[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource(StoreName.class)
    void whoeverHoldsOneForLongIsWaitedForWithoutHoldingTheOthers(StoreName taken) throws SQLException {
        CompletableFuture<WriteLocks> taking;
        try (Connection other = lock(taken)) {
            assertThat(other.isClosed()).isFalse();
            taking = CompletableFuture.supplyAsync(() -> WriteLocks.take(files, LONG));
            // After its first try it waits for that one alone, however often others write.
            for (int free = 0; free < 300; ) {
                free = lockable().size() == files.size() - 1 ? free + 1 : 0;
            }
            assertThat(taking).isNotDone();
        }
        taking.join().close();
    }

    /** The stores whose write locks can be had right now. */
    private List<StoreName> lockable() throws SQLException {
        List<StoreName> names = new ArrayList<>();
        for (StoreFile file : files) {
            try (Connection connection = lock(file.name())) {
                assertThat(connection.isClosed()).isFalse();
                names.add(file.name());
            } catch (SQLException e) {
                assertThat(SqliteErrors.isBusy(e)).isTrue();
            }
        }
        return names;
    }

    private Connection lock(StoreName name) throws SQLException {
        Connection connection = new Connections(files.get(name.ordinal())).beside();
        try {
            Connections.execute(connection, "BEGIN IMMEDIATE");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
