package io.aipanel.sqlite.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.storage.Effect;
import io.aipanel.domain.storage.EffectId;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.backup.PortableTable.Column;
import io.aipanel.ports.backup.PortableTables;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.SqliteStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortableReadingTest {

    /** What SQLite makes for itself: see {@link PortableTables}. */
    private static final Set<String> LEFT_OUT = Set.of(
            "audit.delivered",
            "audit.entered",
            "audit.entries_by_action",
            "audit.entries_by_actor",
            "audit.entries_by_address",
            "audit.entries_by_target",
            "queue.delivered",
            "queue.workers");

    private static final Set<String> LEFT_OUT_COLUMNS = Set.of("audit.tree.only_one", "queue.queues.rate_rest");

    /** What follows from other rows here. */
    private static final Set<String> COMPUTED = Set.of("queue.jobs.log_lines", "queue.finished_jobs.log_lines");

    @TempDir
    private Path directory;

    @Test
    void everyColumnIsBroughtAlongOrLeftOutKnowingly() throws SQLException {
        provider().open(options()).close();
        Set<String> there = new TreeSet<>(COMPUTED);
        for (StoreName store : StoreName.values()) {
            there.addAll(columns(store));
        }
        Set<String> known = new TreeSet<>(LEFT_OUT_COLUMNS);
        for (StoreName store : StoreName.values()) {
            PortableTables.of(store).stream()
                    .filter(table -> !table.name().equals(PortableTables.COUNTERS))
                    .forEach(table -> table.columns().stream()
                            .map(Column::name)
                            .forEach(column -> known.add(table + "." + column)));
        }

        assertThat(there)
                .as(
                        "columns: a new one belongs into PortableTables, or is left out here because it follows from others")
                .isEqualTo(known);
    }

    @Test
    void anEffectThatHasArrivedWaitsNoMoreOnAnotherEngine() throws SQLException, IOException {
        EffectId arrivedEvent = new EffectId(UUID.randomUUID());
        EffectId waitingEvent = new EffectId(UUID.randomUUID());
        EffectId arrivedJob = new EffectId(UUID.randomUUID());
        EffectId waitingJob = new EffectId(UUID.randomUUID());
        EffectId arrivedOfQueue = new EffectId(UUID.randomUUID());
        EffectId waitingOfQueue = new EffectId(UUID.randomUUID());
        try (Storage storage = provider().open(options())) {
            storage.write(tx -> {
                tx.emit(new Effect.Record(arrivedEvent, AuditSamples.event("a")));
                tx.emit(new Effect.Record(waitingEvent, AuditSamples.event("b")));
                tx.emit(new Effect.Enqueue(arrivedJob, NewJob.of("a")));
                tx.emit(new Effect.Enqueue(waitingJob, NewJob.of("b")));
                return tx;
            });
            storage.writeQueue(tx -> {
                tx.emit(new Effect.Record(arrivedOfQueue, AuditSamples.event("c")));
                tx.emit(new Effect.Record(waitingOfQueue, AuditSamples.event("d")));
                return tx;
            });
        }
        // As if the process had been killed before it could take them out of the outbox.
        deliver(StoreName.AUDIT, arrivedEvent.value().toString());
        deliver(StoreName.AUDIT, "queue:" + arrivedOfQueue.value());
        deliver(StoreName.QUEUE, arrivedJob.value().toString());
        // What is noted for one outbox says nothing of another.
        deliver(StoreName.QUEUE, waitingEvent.value().toString());
        deliver(StoreName.AUDIT, waitingOfQueue.value().toString());
        Path copies = Files.createDirectory(directory.resolve("copies"));
        try (Storage storage = provider().open(options());
                Snapshot snapshot = storage.snapshot()) {
            for (StoreName store : StoreName.values()) {
                snapshot.copy(store, copies.resolve(snapshot.fileName(store)), (done, all) -> {});
            }
        }

        List<Object> waiting = new ArrayList<>();
        provider().readCopies(copies, (table, row) -> {
            if (table.name().endsWith("_outbox")) {
                waiting.add(row[table.position("effect_id")]);
            }
        });

        assertThat(waiting)
                .containsExactlyInAnyOrder(
                        waitingEvent.value().toString(),
                        waitingJob.value().toString(),
                        waitingOfQueue.value().toString());
    }

    private Set<String> columns(StoreName store) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (Connection connection = connect(store);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT lower(t.name), c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
                        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'
                          AND t.name NOT LIKE 'databasechangelog%'
                        """)) {
            while (rows.next()) {
                String table = store.wireName() + "." + rows.getString(1);
                if (!LEFT_OUT.contains(table)) {
                    columns.add(table + "." + rows.getString(2));
                }
            }
        }
        return columns;
    }

    private void deliver(StoreName store, String id) throws SQLException {
        try (Connection connection = connect(store);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO delivered (effect_id) VALUES ('" + id + "')");
        }
    }

    private Connection connect(StoreName store) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("data").resolve(store.wireName() + ".db"));
    }

    private StorageOptions options() {
        return StorageOptions.of("sqlite:" + directory.resolve("data"));
    }

    private static SqliteStorageProvider provider() {
        return new SqliteStorageProvider();
    }
}
