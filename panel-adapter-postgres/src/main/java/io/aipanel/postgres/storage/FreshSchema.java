package io.aipanel.postgres.storage;

import io.aipanel.domain.storage.ChangeLog;
import io.aipanel.ports.storage.StoreName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A schema that is being made within a transaction, first as it was at some version and then as it is now. For one thread.
 */
public final class FreshSchema {

    private final StoreSchema schema;
    private final Failures failures;

    /** @param store the store; the schema has its name, is there and is empty */
    public FreshSchema(StoreName store, Failures failures) {
        this.schema = StoreSchema.of(store);
        this.failures = failures;
    }

    /** The version that this program makes of a store's schema. */
    public static String newest(StoreName store) {
        return StoreSchema.of(store).changes().version();
    }

    /** Whether this program knows a version of a store's schema. */
    public static boolean knows(StoreName store, String version) {
        return StoreSchema.of(store).changes().ids().contains(version);
    }

    /** Whether a version has a change, or what came after it. */
    public boolean has(String version, String change) {
        List<String> ids = schema.changes().ids();
        return ids.indexOf(version) >= ids.indexOf(change);
    }

    /** Makes it what it was at a version that this program knows. */
    public void make(Connection connection, String version) {
        LiquibaseUpdate.within(connection, schema, schema.changes().ids().indexOf(version) + 1, failures);
    }

    /**
     * Brings it up to date, from what its own table of changes says.
     *
     * @throws io.aipanel.ports.storage.StoreMisconfigured if that has changes that this program does not know
     */
    public void bringUpToDate(Connection connection) throws SQLException {
        List<String> applied = schema.applied(connection);
        ChangeLog.State state = schema.changes().compare(applied);
        if (state == ChangeLog.State.NEWER) {
            throw failures.newer(schema, applied);
        }
        if (state == ChangeLog.State.BEHIND) {
            LiquibaseUpdate.within(connection, schema, schema.changes().ids().size(), failures);
        }
    }
}
