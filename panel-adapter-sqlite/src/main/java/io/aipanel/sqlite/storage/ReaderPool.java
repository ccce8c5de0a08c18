package io.aipanel.sqlite.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** The connections that read a file. They see what is committed, and never wait for the writer. */
final class ReaderPool {

    /** More readers than this wait for the processor, not for a connection. */
    private static final int SIZE = 8;

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

    <T> T read(Function<? super StoreConnection, ? extends T> work, Deadline deadline) {
        takePermit(deadline);
        try {
            if (closing) {
                throw closed();
            }
            return readNow(work);
        } finally {
            permits.release();
        }
    }

    /** Waits until the reads under way have ended, then closes every connection. */
    void close(Duration patience) {
        closing = true;
        boolean quiet = false;
        try {
            quiet = permits.tryAcquire(SIZE, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.close();
        if (quiet) {
            permits.release(SIZE);
        }
    }

    private <T> T readNow(Function<? super StoreConnection, ? extends T> work) {
        try (Handle handle = jdbi.open()) {
            StatementCache statements = new StatementCache(handle.getConnection());
            handle.setStatementBuilder(statements);
            return work.apply(new StoreConnection(handle, statements));
        } catch (RuntimeException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    private void takePermit(Deadline deadline) {
        try {
            if (permits.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw closing
                ? closed()
                : new StoreUnavailable(
                        Reason.TIMED_OUT,
                        file + " was being read by too many others for longer than this call may take: try again",
                        null);
    }

    private StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
    }
}
