package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The write locks of several files, held together: while it is open nobody writes to any of them. They are real ones, so
 * that other processes heed them too, and are always taken in the same order.
 */
public final class WriteLocks implements AutoCloseable {

    /** Nobody has to wait longer than this for the sake of one try. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Connection> connections;

    private WriteLocks(List<Connection> connections) {
        this.connections = connections;
    }

    /**
     * Takes them all. Whoever writes meanwhile waits no longer than 50 milliseconds: after that all are let go of, and tried
     * again a little later.
     *
     * @param files whose; always in the same order
     * @param within how long to try
     * @throws StoreUnavailable if they could not be had together in this time
     */
    public static WriteLocks take(List<StoreFile> files, Duration within) {
        WriteLocks locks = new WriteLocks(new ArrayList<>());
        boolean taken = false;
        try {
            for (StoreFile file : files) {
                locks.connections.add(connect(file));
            }
            locks.take(files, Deadline.in(within));
            taken = true;
            return locks;
        } finally {
            if (!taken) {
                locks.close();
            }
        }
    }

    private static Connection connect(StoreFile file) {
        try {
            return new Connections(file).beside();
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    private void take(List<StoreFile> files, Deadline deadline) {
        while (!takeOnce(files)) {
            if (deadline.nanosLeft() <= 0) {
                throw new StoreUnavailable(
                        Reason.TIMED_OUT,
                        "the stores were being written to all the time, so that there was no moment to hold on to:"
                                + " try again",
                        null);
            }
            LockSupport.parkNanos(this, ThreadLocalRandom.current().nextLong(BUDGET_NANOS));
        }
    }

    private boolean takeOnce(List<StoreFile> files) {
        long until = System.nanoTime() + BUDGET_NANOS;
        int taken = 0;
        while (taken < files.size()) {
            StoreFile file = files.get(taken);
            try {
                Connections.execute(connections.get(taken), "BEGIN IMMEDIATE");
                taken++;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    throw SqliteErrors.translate(e, file);
                }
                if (System.nanoTime() - until > 0) {
                    letGo(files, taken);
                    return false;
                }
                LockSupport.parkNanos(this, GroupCommitWriter.LOCK_POLL_NANOS);
            }
        }
        return true;
    }

    private void letGo(List<StoreFile> files, int taken) {
        for (int i = 0; i < taken; i++) {
            try {
                Connections.execute(connections.get(i), "ROLLBACK");
            } catch (SQLException e) {
                throw SqliteErrors.translate(e, files.get(i));
            }
        }
    }

    /** Lets everybody write again. */
    @Override
    public void close() {
        connections.forEach(Opening::closeQuietly);
    }
}
