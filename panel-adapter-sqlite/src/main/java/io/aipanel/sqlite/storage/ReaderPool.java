package io.aipanel.sqlite.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** The connections that read a file. They see what is committed, and never wait for the writer. */
final class ReaderPool {

    /** More readers than this wait for the processor, not for a connection. */
    private static final int SIZE = 8;

    /** How often a statement is asked whether its time is over, in steps of SQLite's machine: about every millisecond. */
    private static final int STEPS = 20_000;

    private final StoreFile file;
    private final Jdbi jdbi;
    private final HikariDataSource pool;
    /** Hikari cannot wait for less than 250 ms, and calls may have to end sooner: who holds a permit does not wait. */
    private final Semaphore permits = new Semaphore(SIZE);

    private volatile boolean closing;

    ReaderPool(StoreFile file, Connections connections, Duration timeout) {
        this.file = file;
        HikariConfig config = new HikariConfig();
        config.setPoolName("panel-sqlite-" + file.name().wireName() + "-readers");
        config.setDataSource(connections.readers(Math.toIntExact(timeout.toMillis())));
        // Whatever runs here cannot write.
        config.setConnectionInitSql("PRAGMA query_only = true");
        config.setMaximumPoolSize(SIZE);
        config.setMinimumIdle(1);
        // A connection to a local file does not go stale.
        config.setMaxLifetime(0);
        config.setKeepaliveTime(0);
        config.setConnectionTimeout(Math.max(250, timeout.toMillis()));
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool).installPlugin(new SqlObjectPlugin());
    }

    /** Reads. A statement that is still running at the deadline is ended. */
    <T> T read(Function<? super StoreConnection, ? extends T> work, Deadline deadline) {
        return withPermit(deadline, handle -> {
            SQLiteConnection connection = handle.getConnection().unwrap(SQLiteConnection.class);
            ProgressHandler.setHandler(connection, STEPS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return deadline.nanosLeft() > 0 ? 0 : 1;
                }
            });
            try {
                return run(handle, work);
            } finally {
                ProgressHandler.clearHandler(connection);
            }
        });
    }

    /** Reads for as long as it takes. */
    <T> T readPatiently(Function<? super StoreConnection, ? extends T> work, Deadline deadlineToBegin) {
        return withPermit(deadlineToBegin, handle -> run(handle, work));
    }

    /** Waits until the reads under way have ended, then closes every connection. */
    void close(Duration patience) {
        closing = true;
        Deadline deadline = Deadline.in(patience);
        int quiet = 0;
        while (quiet < SIZE && deadline.acquire(permits)) {
            quiet++;
        }
        // Hikari would not wait for its threads on behalf of an interrupted one.
        boolean interrupted = Thread.interrupted();
        pool.close();
        permits.release(quiet);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T withPermit(Deadline deadline, Use<T> use) {
        if (!deadline.acquire(permits)) {
            throw closing
                    ? closed()
                    : new StoreUnavailable(
                            Reason.TIMED_OUT,
                            file + " was being read by too many others for longer than this call may take: try again",
                            null);
        }
        try {
            if (closing) {
                throw closed();
            }
            try (Handle handle = open()) {
                return use.with(handle);
            }
        } catch (RuntimeException | SQLException e) {
            throw SqliteErrors.translate(e, file);
        } finally {
            permits.release();
        }
    }

    /** Hikari refuses threads that are interrupted. Reads are short: the interrupt is kept for the caller. */
    private Handle open() {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return jdbi.open();
                } catch (ConnectionException e) {
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T run(Handle handle, Function<? super StoreConnection, ? extends T> work) {
        StatementCache statements = new StatementCache(handle.getConnection());
        handle.setStatementBuilder(statements);
        return work.apply(new StoreConnection(handle, statements));
    }

    private StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(Handle handle) throws SQLException;
    }
}
