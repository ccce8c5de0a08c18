package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the three schemas hold at one moment, held on to by a transaction that only reads. It has a connection of its own, so
 * that the pool's are left to others, and is one transaction, so that a PgBouncer keeps it on one connection to the server.
 *
 * <p>Writers do not wait for it, nor it for them. What it holds back for as long as it is open: in the whole database VACUUM
 * removes no row that it can still see, and on the panel's tables what needs them for itself waits (a new schema, VACUUM
 * FULL). For one thread at a time.
 */
public final class HeldMoment implements AutoCloseable {

    /**
     * Nothing here takes the moment yet: that is what the first query does, and what it reads must not be dropped between
     * the two. A long copy is not ended by what the server or the role allows others. Tables are read as they lie or along an
     * index: no server has to sort a log of gigabytes on its disk. The rest is how values are written.
     */
    private static final String BEGIN = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL lock_timeout = %d;
            SET LOCAL synchronize_seqscans = off;
            SET LOCAL enable_sort = off;
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'postgres';
            SET LOCAL bytea_output = 'hex';
            SET LOCAL extra_float_digits = 1;
            """;

    /** Servers before version 17 have no time-out for whole transactions. */
    private static final String HOLD = """
            SELECT clock_timestamp(),
                   (SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout')
            """;

    private final Transactions transactions;
    private final Failures failures;
    private final Connection connection;
    private final Instant at;
    private boolean closed;

    private HeldMoment(Transactions transactions, Failures failures, Connection connection, Instant at) {
        this.transactions = transactions;
        this.failures = failures;
        this.connection = connection;
        this.at = at;
    }

    /**
     * Holds on to what is committed now.
     *
     * @param within how long to wait for those who have a table for themselves
     * @throws io.aipanel.ports.storage.StoreException if that is not possible
     * @throws IllegalStateException if the thread is running work inside a transaction
     */
    public static HeldMoment begin(Transactions transactions, Connections target, Failures failures, Duration within) {
        try (Call call = transactions.beginUntimed()) {
            Connection connection = target.openPatient();
            boolean held = false;
            try {
                call.connected(connection);
                HeldMoment moment = new HeldMoment(transactions, failures, connection, hold(connection, within));
                held = true;
                return moment;
            } finally {
                call.disconnected();
                if (!held) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw transactions.isClosed() ? Failures.closed() : failures.ofStatement(e);
        }
    }

    private static Instant hold(Connection connection, Duration within) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Before the moment: as it is only about names, it need not be of the moment.
            String tables = tables(statement);
            connection.setAutoCommit(false);
            statement.execute(BEGIN.formatted(within.toMillis()));
            statement.execute("LOCK TABLE " + tables + " IN ACCESS SHARE MODE");
            try (ResultSet rows = statement.executeQuery(HOLD)) {
                rows.next();
                return rows.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }

    /** All tables of the panel; partitions are kept by way of what they are partitions of. */
    private static String tables(Statement statement) throws SQLException {
        String schemas = Arrays.stream(StoreName.values())
                .map(store -> "'" + store.wireName() + "'")
                .collect(Collectors.joining(", "));
        try (ResultSet rows = statement.executeQuery("""
                SELECT string_agg(format('ONLY %%I.%%I', nspname, relname), ', ' ORDER BY nspname, relname)
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname IN (%s) AND relkind IN ('r', 'p') AND NOT relispartition
                  AND relname <> 'databasechangeloglock'
                """.formatted(schemas))) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The moment, by the server's clock. */
    public Instant at() {
        return at;
    }

    /**
     * Reads what there was at that moment, for as long as it takes. If it fails the moment is as good as before, unless the
     * connection is lost.
     *
     * @param reading what reads; it leaves the transaction as it is
     * @throws IllegalStateException if this is closed
     * @throws io.aipanel.ports.storage.StoreException if the server fails, or the storage is closed
     */
    public <T> T read(Reading<? extends T> reading) {
        if (closed) {
            throw new IllegalStateException("the snapshot is closed: take another one");
        }
        try (Call call = transactions.beginUntimed()) {
            call.connected(connection);
            try {
                return readOrGoBack(reading);
            } finally {
                call.disconnected();
            }
        } catch (SQLException e) {
            throw transactions.isClosed() ? Failures.closed() : failures.ofStatement(e);
        }
    }

    private <T> T readOrGoBack(Reading<? extends T> reading) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            T answer = reading.of(connection);
            connection.releaseSavepoint(before);
            return answer;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                connection.rollback(before);
            } catch (SQLException lost) {
                // The connection is gone, and the moment with it.
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    /** Lets go of the moment. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
        try (connection) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
        }
    }

    /** Reads. */
    @FunctionalInterface
    public interface Reading<T> {

        /** @param connection where to read; within a transaction that is not to be ended */
        T of(Connection connection) throws SQLException;
    }
}
