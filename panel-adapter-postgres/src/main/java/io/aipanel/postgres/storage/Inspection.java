package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreHealth;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What people want to know about the stores: whether they work, how large they are, whether they are sound. */
public final class Inspection {

    /** Beyond this a table's rows are estimated: counting them would read all of it. */
    private static final long COUNTED_ROWS = 1_000_000;

    private final Transactions transactions;
    private final Connections target;
    private final Failures failures;
    private final Duration probeTimeout;

    public Inspection(Transactions transactions, Connections target, Failures failures, Duration probeTimeout) {
        this.transactions = transactions;
        this.target = target;
        this.failures = failures;
        this.probeTimeout = probeTimeout;
    }

    public List<StoreHealth> health() {
        List<StoreHealth> answers = new ArrayList<>();
        Optional<RuntimeException> unreachable = Optional.empty();
        for (StoreName store : StoreName.values()) {
            // The three share a server: if that cannot be reached once, it is not asked again.
            Optional<RuntimeException> failure = unreachable.isPresent() ? unreachable : failure(store);
            unreachable = failure.filter(Inspection::isOfServer);
            answers.add(new StoreHealth(store, failure));
        }
        return answers;
    }

    public StorageReport report() {
        return transactions.change(handle -> {
            List<StoreReport> stores = new ArrayList<>();
            for (StoreSchema schema : StoreSchema.all()) {
                stores.add(report(handle, schema));
            }
            return new StorageReport(
                    "PostgreSQL " + setting(handle, "server_version"), "postgresql://" + target.location(), stores);
        });
    }

    public List<String> check() {
        return new DamageCheck(transactions, target, failures).run();
    }

    private Optional<RuntimeException> failure(StoreName store) {
        try {
            transactions.probe(probeTimeout, handle -> probe(store).forEach(handle::execute));
            return Optional.empty();
        } catch (StoreException | IllegalStateException e) {
            return Optional.of(e);
        }
    }

    private static boolean isOfServer(RuntimeException failure) {
        return failure instanceof StoreUnavailable unavailable
                && (unavailable.reason() == Reason.UNREACHABLE || unavailable.reason() == Reason.CLOSED);
    }

    /**
     * A real row, which is taken back: a server that is full or read-only refuses it. Of the log also the locks and the
     * rights that an append needs.
     */
    private static List<String> probe(StoreName store) {
        return switch (store) {
            case PANEL -> List.of("INSERT INTO panel.login_attempts (address, at) VALUES ('probe', now())");
            case AUDIT ->
                List.of(
                        "SELECT size FROM audit.tree ORDER BY size DESC LIMIT 1 FOR UPDATE",
                        "INSERT INTO audit.events (index) SELECT 0 WHERE false",
                        "INSERT INTO audit.delivered (effect_id) VALUES (gen_random_uuid())");
            case QUEUE -> List.of("INSERT INTO queue.delivered (effect_id) VALUES (gen_random_uuid())");
        };
    }

    private static StoreReport report(Handle handle, StoreSchema schema) {
        long bytes = handle.createQuery("""
                        SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
                        WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind = 'r'
                        """)
                .bind("schema", schema.name())
                .mapTo(Long.class)
                .one();
        Map<String, Long> rows = new LinkedHashMap<>();
        List<String> estimated = new ArrayList<>();
        for (Table table : tables(handle, schema)) {
            boolean estimate = table.rows() > COUNTED_ROWS;
            if (estimate) {
                estimated.add(table.name());
            }
            rows.put(table.name(), estimate ? table.rows() : count(handle, schema, table));
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("synchronous_commit", setting(handle, "synchronous_commit"));
        properties.put("fsync", setting(handle, "fsync"));
        if (!estimated.isEmpty()) {
            properties.put("estimated", String.join(", ", estimated));
        }
        List<String> applied = handle.createQuery(
                        "SELECT id FROM " + schema.name() + ".databasechangelog ORDER BY orderexecuted DESC LIMIT 1")
                .mapTo(String.class)
                .list();
        return new StoreReport(
                schema.store(), schema.name(), applied.isEmpty() ? "none" : applied.get(0), bytes, 0, rows, properties);
    }

    private static List<Table> tables(Handle handle, StoreSchema schema) {
        return handle.createQuery("""
                        SELECT relname, coalesce(
                                   (SELECT sum(greatest(leaf.reltuples, 0)) FROM pg_inherits
                                    JOIN pg_class AS leaf ON leaf.oid = inhrelid WHERE inhparent = pg_class.oid),
                                   reltuples)::bigint AS rows
                        FROM pg_class
                        WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'p') AND NOT relispartition
                          AND relname NOT LIKE 'databasechangelog%'
                        ORDER BY relname COLLATE "C"
                        """)
                .bind("schema", schema.name())
                .map((row, context) -> new Table(row.getString("relname"), row.getLong("rows")))
                .list();
    }

    private static long count(Handle handle, StoreSchema schema, Table table) {
        return handle.createQuery("SELECT count(*) FROM " + schema.name() + "." + table.name())
                .mapTo(Long.class)
                .one();
    }

    private static String setting(Handle handle, String name) {
        return handle.createQuery("SELECT current_setting(:name)")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }

    private record Table(String name, long rows) {}
}
