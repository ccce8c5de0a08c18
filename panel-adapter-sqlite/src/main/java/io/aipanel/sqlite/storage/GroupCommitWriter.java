package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.WriteObserver;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to a file. It takes the units that wait, has them run in one transaction and committed once:
 * many callers share the price of one {@code fsync}. See "Write path on SQLite" in the architecture.
 *
 * <p>Other processes may write too. Who finds the lock taken asks again at short intervals; who writes without a pause
 * rests now and then, because SQLite's lock is not fair.
 */
final class GroupCommitWriter {

    /** How often it asks again for a lock that another process holds: well within the rest that a saturated one takes. */
    static final long LOCK_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(400);

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

    /** A writer that never runs out of work rests this long … */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** … after so much time without a pause. */
    private static final long MAX_BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How often it looks whether another process has committed. */
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StoreFile file;
    private final StoreConnection connection;
    private final News news;
    private final WriteObserver observer;
    private final UnitQueue waiting;
    private final UnitRunner runner;
    private final WriterThread thread;
    private Runnable afterCommit = () -> {};
    private volatile boolean restartWanted;

    // For the writer's thread alone.
    private long pausedAt = System.nanoTime();
    private long watchedAt = System.nanoTime();
    private long seenVersion;

    /**
     * @param file what it writes to
     * @param connection its connection; this closes it
     * @param news hears of what commits announce, and of commits of other processes
     * @param observer hears how long writes take
     */
    GroupCommitWriter(StoreFile file, StoreConnection connection, News news, WriteObserver observer)
            throws SQLException {
        this.file = file;
        this.connection = connection;
        this.news = news;
        this.observer = observer;
        this.waiting = new UnitQueue(file);
        this.runner = new UnitRunner(file, connection, this::committed);
        this.seenVersion = connection.number("PRAGMA data_version");
        this.thread = new WriterThread(this::loop, "panel-sqlite-" + file.name().wireName() + "-writer");
    }

    /**
     * Begins to work.
     *
     * @param afterCommit called after every commit
     */
    void start(Runnable afterCommit) {
        this.afterCommit = afterCommit;
        thread.start();
    }

    /**
     * Runs work in a transaction and waits until it is durable.
     *
     * @throws StoreUnavailable if the time is over or the writer is closed
     */
    <T> T write(Function<? super StoreConnection, ? extends T> work, Deadline deadline) {
        WriterThread.refuseCallsFromWithin();
        return waiting.submit(new Unit<>(work, deadline));
    }

    /**
     * Runs work for this caller, together with others that want the same, and waits until it is durable.
     *
     * @throws StoreUnavailable if the time is over or the writer is closed
     */
    <I, O> O write(JointWork<I, O> work, I wanted, Deadline deadline) {
        WriterThread.refuseCallsFromWithin();
        return waiting.submit(Unit.joint(work, wanted, deadline));
    }

    /** Has the writer start the write-ahead log over between two transactions, which only it can do without a race. */
    void restartLog() {
        restartWanted = true;
        LockSupport.unpark(thread);
    }

    /** Ends the calls that wait, finishes the transaction under way and closes the connection. */
    void close() {
        waiting.close();
        LockSupport.unpark(thread);
        WriterThread.joinPatiently(thread);
    }

    private void loop() {
        try {
            while (!waiting.isClosed()) {
                if (waiting.isEmpty()) {
                    waiting.sleep(WATCH_NANOS);
                    pausedAt = System.nanoTime();
                } else if (begin()) {
                    runner.runWaiting(waiting);
                    leaveRoomForOthers();
                }
                watchOtherProcesses();
                restartLogIfWanted();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the writer of {} has ended and takes no more changes: restart the panel", file, e);
        } finally {
            waiting.refuseWaiting();
            closeConnection();
        }
    }

    /** Gets the write lock; false if that failed or nobody waits for it any more. */
    private boolean begin() {
        // Units stay in the queue meanwhile: a caller whose time is over takes its own out.
        while (!waiting.isClosed() && !waiting.isEmpty()) {
            try {
                if (runner.begin()) {
                    return true;
                }
            } catch (SQLException e) {
                failFirst(e);
                return false;
            }
            LockSupport.parkNanos(this, LOCK_POLL_NANOS);
            pausedAt = System.nanoTime();
        }
        return false;
    }

    private void failFirst(SQLException cause) {
        Unit<?> unit = waiting.take();
        if (unit != null) {
            unit.failed(SqliteErrors.translate(cause, file));
            unit.complete();
        }
    }

    private void committed(List<Unit<?>> units, Set<Topic> announced) {
        long now = System.nanoTime();
        for (Unit<?> unit : units) {
            if (!unit.hasFailed()) {
                observer.committed(file.name(), now - unit.handedOver());
            }
        }
        if (!announced.isEmpty()) {
            news.about(announced);
        }
        afterCommit.run();
    }

    private void leaveRoomForOthers() {
        long now = System.nanoTime();
        if (waiting.isEmpty()) {
            pausedAt = now;
        } else if (now - pausedAt > MAX_BUSY_NANOS) {
            LockSupport.parkNanos(this, REST_NANOS);
            pausedAt = System.nanoTime();
        }
    }

    private void watchOtherProcesses() {
        long now = System.nanoTime();
        if (now - watchedAt < WATCH_NANOS) {
            return;
        }
        watchedAt = now;
        try {
            // Changes with the commits of every connection but this one.
            long version = connection.number("PRAGMA data_version");
            if (version != seenVersion) {
                seenVersion = version;
                news.about(EnumSet.allOf(Topic.class));
            }
        } catch (SQLException e) {
            // Whoever reads or writes next is told; a look that failed is made up for by the next one.
            LOG.debug("cannot see whether another process has changed {}", file, e);
        }
    }

    private void restartLogIfWanted() {
        if (!restartWanted) {
            return;
        }
        restartWanted = false;
        try {
            connection.number("PRAGMA wal_checkpoint(RESTART)");
        } catch (SQLException e) {
            LOG.debug("the write-ahead log of {} cannot start over yet", file, e);
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("the connection that writes to {} did not close well", file, e);
        }
    }
}
