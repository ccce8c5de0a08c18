package io.aipanel.postgres.storage;

import io.aipanel.domain.storage.ChangeLog;
import io.aipanel.ports.storage.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the database before it is used, and brings its schemas up to date where they are behind. */
public final class SchemaUpdate {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaUpdate.class);

    /** PostgreSQL 15, the oldest release that its makers still care for. */
    private static final int OLDEST_SERVER = 150_000;

    private final Connections target;
    private final Failures failures;
    private final Duration timeout;
    private final List<StoreSchema> schemas = StoreSchema.all();

    public SchemaUpdate(Connections target, Failures failures, Duration timeout) {
        this.target = target;
        this.failures = failures;
        this.timeout = timeout;
    }

    /**
     * Leaves the schemas current. Of several processes that do this at once one works and the others wait.
     *
     * @throws StoreException if the database cannot be used, or the schemas are newer than this program
     */
    public void run() {
        try (Connection connection = target.open()) {
            refuseUnsuitable(connection);
            if (areCurrent(connection)) {
                return;
            }
            refuseReadOnly(connection);
            updateAlone(connection);
        } catch (SQLException e) {
            throw failures.ofOpening(e);
        } catch (JdbiException e) {
            throw failures.ofOpening(SqlStates.find(e).orElseThrow(() -> e));
        }
    }

    /**
     * Works under a lock of our own, held by an open transaction: the server gives it up when this process dies, which
     * the lock table of Liquibase does not, and a PgBouncer keeps it with us.
     */
    private void updateAlone(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + timeout.toMillis());
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
        AdvisoryLock.MIGRATION.acquire(Jdbi.open(connection), "");
        try {
            if (!areCurrent(connection)) {
                update();
            }
        } finally {
            connection.rollback();
        }
    }

    private void update() throws SQLException {
        try (Connection worker = target.openPatient()) {
            for (StoreSchema schema : schemas) {
                if (!schema.exists(worker)) {
                    try (Statement statement = worker.createStatement()) {
                        statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema.name());
                    }
                }
            }
        }
        for (StoreSchema schema : schemas) {
            LOG.info("bringing the schema {} at {} up to date", schema.name(), target.location());
            LiquibaseUpdate.run(target, schema, failures);
        }
    }

    private boolean areCurrent(Connection connection) throws SQLException {
        boolean current = true;
        for (StoreSchema schema : schemas) {
            List<String> applied = schema.applied(connection);
            ChangeLog.State state = schema.changes().compare(applied);
            if (state == ChangeLog.State.NEWER) {
                throw failures.newer(schema, applied);
            }
            current &= state == ChangeLog.State.CURRENT;
        }
        return current;
    }

    void refuseUnsuitable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT current_setting('server_version_num')::integer, current_setting('server_version'),
                               current_setting('server_encoding')
                        """)) {
            rows.next();
            if (rows.getInt(1) < OLDEST_SERVER) {
                throw failures.misconfigured(
                        "is version " + rows.getString(2) + ": the panel needs 15 or newer, upgrade the server", null);
            }
            if (!rows.getString(3).equals("UTF8")) {
                throw failures.misconfigured(
                        "keeps this database in the encoding " + rows.getString(3)
                                + ": create one for the panel with createdb --encoding=UTF8 --template=template0",
                        null);
            }
        }
    }

    void refuseReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('transaction_read_only')")) {
            rows.next();
            if (rows.getString(1).equals("on")) {
                throw failures.misconfigured(
                        "is read-only and has no current schema of the panel: name the primary server", null);
            }
        }
    }
}
