package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreHealth;
import io.aipanel.ports.storage.StoreName;
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

    public Inspection(Transactions transactions, Connections target, Failures failures) {
        this.transactions = transactions;
        this.target = target;
        this.failures = failures;
    }

    public List<StoreHealth> health() {
        List<StoreHealth> answers = new ArrayList<>();
        Optional<String> unreachable = Optional.empty();
        for (StoreName store : StoreName.values()) {
            // The three share a server: what cannot be reached once is not asked again.
            Optional<String> problem = unreachable.isPresent() ? unreachable : problem(store);
            if (problem.isPresent()) {
                unreachable = problem;
            }
            answers.add(new StoreHealth(store, problem));
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

    private Optional<String> problem(StoreName store) {
        try {
            transactions.probe(handle -> handle.execute(probe(store)));
            return Optional.empty();
        } catch (StoreException | IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A real row, which is taken back: a server that is full or read-only refuses it. */
    private static String probe(StoreName store) {
        return switch (store) {
            case PANEL -> "INSERT INTO panel.login_attempts (address, at) VALUES ('probe', now())";
            case AUDIT -> "INSERT INTO audit.delivered (effect_id) VALUES (gen_random_uuid())";
            case QUEUE -> "INSERT INTO queue.delivered (effect_id) VALUES (gen_random_uuid())";
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
