package io.aipanel.sqlite.storage;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.core.SQLiteDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.logging.core.NoOpLogService;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/**
 * Runs Liquibase within a transaction that is under way. The only class of this module that names it, apart from what it
 * uses: nothing of Liquibase is loaded unless this class is.
 */
final class LiquibaseUpdate {

    private LiquibaseUpdate() {}

    /**
     * Applies the changes that are missing.
     *
     * @param connection in a transaction, which stays open; the caller commits or rolls back
     * @param changeLog the resource with the changes
     */
    static void run(Connection connection, String changeLog) {
        // Liquibase keeps things in thread locals: on a thread of its own they end with it.
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        update(connection, changeLog);
                    } catch (Exception | LinkageError e) {
                        failure.set(e);
                    }
                },
                "panel-sqlite-migration");
        thread.setContextClassLoader(LiquibaseUpdate.class.getClassLoader());
        thread.start();
        WriterThread.joinPatiently(thread);
        Throwable cause = failure.get();
        if (cause != null) {
            throw new MigrationFailure(changeLog, cause);
        }
    }

    private static void update(Connection connection, String changeLog) throws Exception {
        Map<String, Object> settings = Map.of(
                "liquibase.analytics.enabled",
                "false",
                Scope.Attr.ui.name(),
                new LoggerUIService(),
                Scope.Attr.logService.name(),
                new NoOpLogService());
        // Its services are singletons of the process: one at a time.
        synchronized (LiquibaseUpdate.class) {
            Scope.child(settings, () -> {
                SQLiteDatabase database = new SQLiteDatabase();
                database.setConnection(new WithinTransaction(connection));
                Liquibase liquibase = new Liquibase(
                        changeLog, new ClassLoaderResourceAccessor(LiquibaseUpdate.class.getClassLoader()), database);
                // Its summary would go to standard output past the user interface set above.
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                // Its lock is a row, which a killed process leaves behind; the file's lock is what counts here.
                liquibase.forceReleaseLocks();
                liquibase.update(new Contexts(), new LabelExpression());
            });
        }
    }

    /** A connection whose transaction is somebody else's: Liquibase would commit after each change. */
    private static final class WithinTransaction extends JdbcConnection {

        private WithinTransaction(Connection connection) {
            super(connection);
        }

        @Override
        public void commit() {
            // the caller does
        }

        @Override
        public void rollback() {
            // the caller does, because the failure that leads here reaches it
        }

        @Override
        public void setAutoCommit(boolean autoCommit) {
            // stays as it is
        }

        @Override
        public void close() {
            // the caller does
        }
    }

    /** Carries Liquibase's failure, with SQLite's own behind it. */
    private static final class MigrationFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private MigrationFailure(String changeLog, Throwable cause) {
            super("the changes of " + changeLog + " cannot be applied", cause);
        }
    }
}
