package io.aipanel.postgres.backup;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.storage.Failures;
import io.aipanel.postgres.storage.FreshSchema;
import io.aipanel.postgres.storage.LongTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Copies of stores that were looked at, and are to become schemas. For one thread. */
public final class CopiedStores {

    private static final String BECOME = "SET LOCAL ROLE ";

    private final List<Copied> copies;

    private CopiedStores(List<Copied> copies) {
        this.copies = copies;
    }

    /**
     * Looks at copies, all of each.
     *
     * @param directory where they are
     * @param stores of which stores
     * @throws StoreCorrupt if one cannot be read
     * @throws StoreMisconfigured if one is newer than this program
     */
    public static CopiedStores in(Path directory, Collection<StoreName> stores, Failures failures) {
        return new CopiedStores(
                stores.stream().map(store -> look(directory, store, failures)).toList());
    }

    private static Copied look(Path directory, StoreName store, Failures failures) {
        Path file = directory.resolve(PostgresSnapshot.name(store));
        CopyReport report = Examination.of(store, file);
        if (!report.problems().isEmpty()) {
            throw new StoreCorrupt(String.join("; ", report.problems()) + ": restore another backup", null);
        }
        FreshSchema schema = new FreshSchema(store, failures);
        if (!FreshSchema.knows(store, report.schemaVersion())) {
            throw new StoreMisconfigured(
                    file + " has the schema version '" + report.schemaVersion()
                            + "', which this program does not know: use the newer program that made it",
                    null);
        }
        return new Copied(store, file, schema, report.schemaVersion(), report.tree());
    }

    /** Makes the schemas, which are not there, for the role of the transaction, and reads the copies into them. */
    public void load(LongTransaction transaction) {
        copies.forEach(copied -> copied.load(transaction, Optional.empty()));
    }

    /** Makes the schemas in the place of others, for the roles that own those and with the rights on them. */
    public void load(LongTransaction transaction, PutAside replaced) {
        copies.forEach(copied -> {
            copied.load(transaction, replaced.owner(copied.store()));
            replaced.name(copied.store())
                    .ifPresent(old ->
                            SchemaRights.copy(transaction, old, copied.store().wireName()));
            transaction.execute(List.of("RESET ROLE"));
        });
    }

    private record Copied(StoreName store, Path file, FreshSchema schema, String version, Optional<LogTree> log) {

        /** Goes on as the owner. */
        void load(LongTransaction transaction, Optional<String> owner) {
            transaction.execute(List.of("CREATE SCHEMA " + store.wireName()
                    + owner.map(name -> " AUTHORIZATION " + name).orElse("")));
            owner.ifPresent(name -> transaction.execute(List.of(BECOME + name)));
            transaction.run(connection -> {
                load(connection);
                return store;
            });
        }

        private void load(Connection connection) throws SQLException {
            schema.make(connection, version);
            Optional<LogPartitions> partitions =
                    log.filter(tree -> schema.has(version, LogPartitions.SINCE)).map(LogPartitions::of);
            if (partitions.isPresent()) {
                partitions.get().make(connection);
            }
            LoadedSchema tables = LoadedSchema.of(connection, store);
            tables.open();
            new CopyLoading(connection, store, file, tables.columns()).run();
            if (partitions.isPresent()) {
                partitions.get().note(connection);
            }
            tables.close();
            schema.bringUpToDate(connection);
            LoadedSchema.of(connection, store).analyze();
        }
    }
}
