package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.FastCheckService;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.logging.core.NoOpLogService;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * Runs Liquibase. The only class that touches it, so that a start on a current schema does not load it. Whoever calls
 * holds the lock; Liquibase's own lock table is set free first, because a killed process leaves it taken.
 */
final class LiquibaseUpdate {

    private static final int ALL = Integer.MAX_VALUE;

    private LiquibaseUpdate() {}

    /** Brings a schema up to date, in a transaction for each change. */
    static void run(Connections target, StoreSchema schema, Failures failures) throws SQLException {
        onThreadOfItsOwn(schema, failures, () -> {
            try (Connection connection = target.openPatient()) {
                update(new JdbcConnection(connection), schema, ALL);
            }
            return null;
        });
    }

    /**
     * Makes changes of a schema within the transaction of a connection, which stays open.
     *
     * @param changes how many, 1 or more
     */
    static void within(Connection connection, StoreSchema schema, int changes, Failures failures) {
        onThreadOfItsOwn(schema, failures, () -> {
            // It finds out by trying whether its tables are there: that must not be the end of the transaction.
            PGConnection driver = connection.unwrap(PGConnection.class);
            AutoSave before = driver.getAutosave();
            driver.setAutosave(AutoSave.ALWAYS);
            try {
                update(new JoinedConnection(connection), schema, changes);
            } finally {
                driver.setAutosave(before);
            }
            return null;
        });
    }

    /** Liquibase leaves values in thread locals. They go away with a thread of its own. */
    private static void onThreadOfItsOwn(StoreSchema schema, Failures failures, Callable<Void> work) {
        FutureTask<Void> update = new FutureTask<>(work);
        Thread thread = new Thread(update, "panel-postgres-migration");
        thread.setDaemon(true);
        thread.setContextClassLoader(LiquibaseUpdate.class.getClassLoader());
        thread.start();
        try {
            update.get();
        } catch (InterruptedException e) {
            update.cancel(true);
            Thread.currentThread().interrupt();
            throw failures.timedOut("the thread was interrupted while the schema was brought up to date", e);
        } catch (ExecutionException e) {
            throw failure(schema, failures, e.getCause());
        }
    }

    private static void update(JdbcConnection connection, StoreSchema schema, int changes) throws Exception {
        // Silent and without analytics, whatever the process around us has set for its own use of Liquibase.
        Map<String, Object> settings = Map.of(
                Scope.Attr.ui.name(), new LoggerUIService(),
                Scope.Attr.logService.name(), new NoOpLogService(),
                AnalyticsArgs.ENABLED.getKey(), false);
        Scope.child(settings, () -> {
            PostgresDatabase database = new PostgresDatabase();
            database.setConnection(connection);
            database.setLiquibaseSchemaName(schema.name());
            Liquibase liquibase = new Liquibase(
                    schema.resource(),
                    new ClassLoaderResourceAccessor(LiquibaseUpdate.class.getClassLoader()),
                    database);
            // Its summary would go to standard output past the user interface set above.
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.forceReleaseLocks();
            // It remembers by their address that databases were up to date, which may not be so any more.
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            liquibase.update(changes, new Contexts(), new LabelExpression());
        });
    }

    private static RuntimeException failure(StoreSchema schema, Failures failures, Throwable cause) {
        return SqlStates.find(cause)
                .<RuntimeException>map(failures::ofOpening)
                .orElseGet(() -> new StoreMisconfigured(
                        "the schema " + schema.name() + " could not be brought up to date: " + cause.getMessage(),
                        cause));
    }

    /** A connection in a transaction that somebody else ends. */
    private static final class JoinedConnection extends JdbcConnection {

        JoinedConnection(Connection connection) {
            super(connection);
        }

        @Override
        public void commit() {
            // Not ours to end.
        }

        @Override
        public void rollback() {
            // What has failed is thrown, and ends the transaction.
        }

        @Override
        public void close() {
            // Not ours to close.
        }
    }
}
