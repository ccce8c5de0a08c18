package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs units in a transaction, each in a savepoint of its own or with others that want the same, so that one that throws fails
 * alone. If an error has ended
 * the transaction itself (a full disk, an input or output error), nothing of it is acknowledged: its units run once more,
 * one by one. For the writer's thread alone.
 */
final class UnitRunner {

    private static final int MAX_BATCH = 512;
    /** A transaction takes no further unit after this time, so that other processes get their turn. */
    private static final long MAX_BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Hears of every commit. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param units what was committed; their callers have been told
         * @param news what the units have announced; often nothing
         */
        void committed(List<Unit<?>> units, Set<Topic> news);
    }

    private final StoreFile file;
    private final StoreConnection connection;
    private final Listener listener;
    private final List<Unit<?>> batch = new ArrayList<>();

    UnitRunner(StoreFile file, StoreConnection connection, Listener listener) {
        this.file = file;
        this.connection = connection;
        this.listener = listener;
    }

    /**
     * Takes the write lock.
     *
     * @return whether it was free
     * @throws SQLException if it cannot be had for another reason
     */
    boolean begin() throws SQLException {
        try {
            connection.run("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (SqliteErrors.isBusy(e)) {
                return false;
            }
            connection.forgetStatements();
            throw e;
        }
    }

    /** Runs what waits in the transaction that has begun, commits it and tells the callers. */
    void runWaiting(UnitQueue waiting) {
        batch.clear();
        boolean whole = true;
        long began = System.nanoTime();
        while (whole && batch.size() < MAX_BATCH && System.nanoTime() - began < MAX_BATCH_NANOS) {
            Unit<?> unit = waiting.take();
            if (unit == null) {
                break;
            }
            batch.add(unit);
            List<Unit<?>> others = waiting.takeThoseThatGoWith(unit, MAX_BATCH - batch.size());
            batch.addAll(others);
            whole = others.isEmpty() ? runInSavepoint(unit) : runTogether(unit, others);
        }
        if (!whole || !commit()) {
            rollBack();
            batch.forEach(this::runAlone);
        }
    }

    /** Runs a unit; false if the transaction around it is gone. */
    private boolean runInSavepoint(Unit<?> unit) {
        try {
            inSavepoint(() -> unit.run(connection));
            return true;
        } catch (RuntimeException | SQLException | Error e) {
            unit.failed(asFailure(e));
            return backToSavepoint(e);
        }
    }

    /** Runs units as one step, or each alone if that fails; false if the transaction around them is gone. */
    private boolean runTogether(Unit<?> first, List<Unit<?>> others) {
        List<Unit<?>> units = new ArrayList<>(others.size() + 1);
        units.add(first);
        units.addAll(others);
        try {
            inSavepoint(() -> Unit.runTogether(connection, units));
            return true;
        } catch (RuntimeException | SQLException | Error e) {
            return backToSavepoint(e) && units.stream().allMatch(this::runInSavepoint);
        }
    }

    private void inSavepoint(Runnable work) throws SQLException {
        connection.run("SAVEPOINT unit");
        work.run();
        connection.run("RELEASE unit");
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

    private boolean commit() {
        try {
            connection.run("COMMIT");
        } catch (SQLException triedOneByOne) {
            return false;
        }
        committed(batch);
        return true;
    }

    /** Runs a unit in a transaction of its own, after one that it shared with others was lost. */
    private void runAlone(Unit<?> unit) {
        try {
            while (!begin()) {
                if (unit.deadline().nanosLeft() <= 0) {
                    throw new StoreUnavailable(
                            Reason.TIMED_OUT, file + " was in use by another process: try again", null);
                }
                LockSupport.parkNanos(this, GroupCommitWriter.LOCK_POLL_NANOS);
            }
            unit.run(connection);
            commitAlone();
            committed(List.of(unit));
        } catch (RuntimeException | SQLException | Error e) {
            rollBack();
            unit.failed(asFailure(e));
            unit.complete();
        }
    }

    private void commitAlone() throws SQLException {
        try {
            connection.run("COMMIT");
        } catch (SQLException e) {
            if (SqliteErrors.translate(e, file) instanceof StoreUnavailable failure) {
                // The end of the transaction may have reached the disk before the error came: should the machine stop
                // before the next commit, it would be found there.
                throw new StoreUnavailable(Reason.OUTCOME_UNKNOWN, failure.getMessage(), e);
            }
            throw e;
        }
    }

    private void committed(List<Unit<?>> units) {
        Set<Topic> news = connection.takeAnnouncements();
        units.forEach(Unit::complete);
        listener.committed(units, news);
    }

    private void rollBack() {
        connection.forgetStatements();
        connection.takeAnnouncements();
        try {
            connection.run("ROLLBACK");
        } catch (SQLException nothingToRollBack) {
            // The error that brought us here has done it already.
        }
    }

    private Throwable asFailure(Throwable failure) {
        return failure instanceof Error ? failure : SqliteErrors.translate(failure, file);
    }
}
