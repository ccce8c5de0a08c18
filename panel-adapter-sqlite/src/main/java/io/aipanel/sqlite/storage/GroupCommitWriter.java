package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to a file. It takes the units that wait, runs each in a savepoint of its own within one
 * transaction, commits once and then tells their callers: many callers share the price of one {@code fsync}.
 *
 * <p>A unit that throws fails alone. If an error has ended the whole transaction, nothing of it is acknowledged: the
 * units run once more, one by one. See "Write path on SQLite" in the architecture.
 */
final class GroupCommitWriter {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

    private static final int MAX_WAITING = 10_000;
    private static final int MAX_BATCH = 512;
    /** A transaction takes no further unit after this time, so that other processes get their turn. */
    private static final long MAX_BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** How often it asks again for a lock that another process holds: well within the rest that a saturated one takes. */
    private static final long LOCK_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(400);
    /** A writer that never runs out of work rests this long … */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** … after so much time without a pause: SQLite's lock is not fair, and other processes would starve. */
    private static final long MAX_BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How often it looks whether another process has committed. */
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StoreFile file;
    private final StoreConnection connection;
    private final Runnable newsForListeners;
    private final WriteObserver observer;
    private final Queue<Unit<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final WriterThread thread;

    private Runnable afterCommit = () -> {};
    private volatile boolean idle;
    private volatile boolean closing;
    private volatile boolean restartWanted;

    // For the writer's thread alone.
    private final List<Unit<?>> batch = new ArrayList<>();
    private long pausedAt = System.nanoTime();
    private long watchedAt = System.nanoTime();
    private long seenVersion;

    /**
     * @param file what it writes to
     * @param connection its connection; this closes it
     * @param newsForListeners called after a commit that announced something, and when another process has committed
     * @param observer hears how long writes take
     */
    GroupCommitWriter(StoreFile file, StoreConnection connection, Runnable newsForListeners, WriteObserver observer)
            throws SQLException {
        this.file = file;
        this.connection = connection;
        this.newsForListeners = newsForListeners;
        this.observer = observer;
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
        takePlace(deadline);
        try {
            Unit<T> unit = new Unit<>(work, deadline);
            waiting.add(unit);
            if (closing && unit.withdraw()) {
                // The writer may have looked for the last time before this unit was there.
                waiting.remove(unit);
                throw closed();
            }
            if (idle) {
                LockSupport.unpark(thread);
            }
            return unit.await(file, () -> waiting.remove(unit));
        } finally {
            places.release();
        }
    }

    /** Has the writer start the write-ahead log over between two transactions, which only it can do without a race. */
    void restartLog() {
        restartWanted = true;
        LockSupport.unpark(thread);
    }

    /** Ends the calls that wait, finishes the transaction under way and closes the connection. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takePlace(Deadline deadline) {
        if (places.tryAcquire()) {
            return;
        }
        try {
            if (places.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StoreUnavailable(
                Reason.TIMED_OUT, "too many changes to " + file + " were waiting already: try again later", null);
    }

    private void loop() {
        try {
            while (!closing) {
                if (waiting.isEmpty()) {
                    rest();
                } else if (begin()) {
                    runBatch();
                    leaveRoomForOthers();
                }
                watchOtherProcesses();
                restartLogIfWanted();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the writer of {} has ended and takes no more changes: restart the panel", file, e);
        } finally {
            closing = true;
            for (Unit<?> unit = waiting.poll(); unit != null; unit = waiting.poll()) {
                if (unit.take()) {
                    unit.failed(closed());
                    unit.complete();
                }
            }
            closeConnection();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("the connection that writes to {} did not close well", file, e);
        }
    }

    private void rest() {
        idle = true;
        if (waiting.isEmpty() && !closing && !restartWanted) {
            LockSupport.parkNanos(this, WATCH_NANOS);
        }
        idle = false;
        pausedAt = System.nanoTime();
    }

    /** Gets the write lock; false if that failed or nobody waits for it any more. */
    private boolean begin() {
        while (!closing && !waiting.isEmpty()) {
            try {
                connection.run("BEGIN IMMEDIATE");
                return true;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    failFirst(e);
                    return false;
                }
            }
            // Units stay in the queue meanwhile: a caller whose time is over takes its own out.
            LockSupport.parkNanos(this, LOCK_POLL_NANOS);
            pausedAt = System.nanoTime();
        }
        return false;
    }

    private void failFirst(SQLException cause) {
        connection.forgetStatements();
        Unit<?> unit = waiting.poll();
        if (unit != null && unit.take()) {
            unit.failed(SqliteErrors.translate(cause, file));
            unit.complete();
        }
    }

    private void runBatch() {
        batch.clear();
        boolean whole = true;
        long began = System.nanoTime();
        while (whole && batch.size() < MAX_BATCH && System.nanoTime() - began < MAX_BATCH_NANOS) {
            Unit<?> unit = waiting.poll();
            if (unit == null) {
                break;
            }
            if (unit.take()) {
                batch.add(unit);
                whole = runInSavepoint(unit);
            }
        }
        if (whole && commit(batch)) {
            return;
        }
        rollBack();
        batch.forEach(this::runAlone);
    }

    /** Runs a unit; false if the transaction around it is gone. */
    private boolean runInSavepoint(Unit<?> unit) {
        try {
            connection.run("SAVEPOINT unit");
            unit.run(connection);
            connection.run("RELEASE unit");
            return true;
        } catch (RuntimeException | SQLException | Error e) {
            unit.failed(asFailure(e));
            return backToSavepoint(e);
        }
    }

    private boolean backToSavepoint(Throwable failure) {
        if (!SqliteErrors.leavesTransactionWhole(failure)) {
            connection.forgetStatements();
        }
        try {
            connection.run("ROLLBACK TO unit");
            connection.run("RELEASE unit");
            return true;
        } catch (SQLException savepointIsGone) {
            connection.forgetStatements();
            return false;
        }
    }

    /** Runs a unit in a transaction of its own, after one that it shared with others was lost. */
    private void runAlone(Unit<?> unit) {
        try {
            beginAlone(unit.deadline());
            unit.run(connection);
            commitAlone();
            committed(List.of(unit));
        } catch (RuntimeException | SQLException | Error e) {
            rollBack();
            unit.failed(asFailure(e));
            unit.complete();
        }
    }

    private void beginAlone(Deadline deadline) throws SQLException {
        while (true) {
            try {
                connection.run("BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e) || deadline.nanosLeft() <= 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(this, LOCK_POLL_NANOS);
        }
    }

    private void commitAlone() throws SQLException {
        try {
            connection.run("COMMIT");
        } catch (SQLException e) {
            RuntimeException failure = SqliteErrors.translate(e, file);
            if (failure instanceof StoreUnavailable) {
                // The end of the transaction may have reached the disk before the error came: should the machine stop
                // before the next commit, it would be found there.
                throw new StoreUnavailable(Reason.OUTCOME_UNKNOWN, failure.getMessage(), e);
            }
            throw failure;
        }
    }

    private boolean commit(List<Unit<?>> units) {
        try {
            connection.run("COMMIT");
            committed(units);
            return true;
        } catch (SQLException e) {
            LOG.warn("a commit of {} changes to {} failed; they are tried one by one", units.size(), file, e);
            return false;
        }
    }

    private void committed(List<Unit<?>> units) {
        boolean news = connection.takeAnnouncement();
        long now = System.nanoTime();
        for (Unit<?> unit : units) {
            unit.complete();
            observer.committed(file, now - unit.handedOver());
        }
        if (news) {
            newsForListeners.run();
        }
        afterCommit.run();
    }

    private void rollBack() {
        connection.forgetStatements();
        connection.takeAnnouncement();
        try {
            connection.run("ROLLBACK");
        } catch (SQLException nothingToRollBack) {
            // The error that brought us here has done it already.
        }
    }

    private Throwable asFailure(Throwable failure) {
        return failure instanceof Error ? failure : SqliteErrors.translate(failure, file);
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
            long version = connection.number("PRAGMA data_version");
            if (version != seenVersion) {
                seenVersion = version;
                newsForListeners.run();
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

    private StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
    }
}
