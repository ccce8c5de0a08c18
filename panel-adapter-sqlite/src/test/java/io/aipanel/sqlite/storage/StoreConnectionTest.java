package io.aipanel.sqlite.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteException;

final class StoreConnectionTest {

    private static final String INSERT = "INSERT INTO delivered (effect_id) VALUES (?)";

    @TempDir
    Path directory;

    private Store store;

    @BeforeEach
    void open() {
        StoreFile file = new StorageDirectory(directory).prepare().get(StoreName.QUEUE.ordinal());
        store = Store.open(file, Duration.ofSeconds(30), News.NONE, WriteObserver.NONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aBatchThatFailedHalfwayLeavesNothingForTheNextOne() {
        assertThatThrownBy(() -> store.write(connection -> {
                    connection.changeEach(INSERT, List.of("one", "two"), (statement, id) -> {
                        if (id.equals("two")) {
                            throw new IllegalStateException("two cannot be bound");
                        }
                        statement.setString(1, id);
                    });
                    return connection;
                }))
                .hasMessage("two cannot be bound");

        add("three");

        assertThat(delivered()).containsExactly("three");
    }

    @Test
    void aBatchThatIsRefusedAddsNothing() {
        add("one");

        assertThatThrownBy(() -> add("two", "one")).hasRootCauseInstanceOf(SQLiteException.class);

        assertThat(delivered()).containsExactly("one");
    }

    private void add(String... ids) {
        store.write(connection -> {
            connection.changeEach(INSERT, List.of(ids), (statement, id) -> statement.setString(1, id));
            return connection;
        });
    }

    private List<String> delivered() {
        return store.read(connection -> connection
                .handle()
                .createQuery("SELECT effect_id FROM delivered ORDER BY effect_id")
                .mapTo(String.class)
                .list());
    }
}
