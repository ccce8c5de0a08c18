package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The write locks of several files, held together: while it is open nobody writes to any of them. They are real ones, so
 * that other processes heed them too. Nobody waits for one for long while holding another.
 */
public final class WriteLocks implements AutoCloseable {

    /** Nobody who could write has to wait longer than this for the sake of one try. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Connection> connections;

    private WriteLocks(List<Connection> connections) {
        this.connections = connections;
    }

    /**
     * Takes them all: first one, however long that takes, then the others within 50 milliseconds. If one of them cannot be had
     * in that time all are let go of, and the next try begins with that one: where somebody writes for seconds, those who
     * write to the other files do not wait for it.
     *
     * @param files whose
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
        int first = 0;
        while (true) {
            awaitFirst(files, first, deadline);
            OptionalInt busy = takeOthers(files, first);
            if (busy.isEmpty()) {
                return;
            }
            first = busy.getAsInt();
            requireTime(deadline);
            // Somebody else may be trying the same.
            LockSupport.parkNanos(this, ThreadLocalRandom.current().nextLong(BUDGET_NANOS));
        }
    }

    private static void requireTime(Deadline deadline) {
        if (deadline.nanosLeft() <= 0) {
            throw new StoreUnavailable(
                    Reason.TIMED_OUT,
                    "the stores were being written to all the time, so that there was no moment to hold on to:"
                            + " try again",
                    null);
        }
    }

    /** Nobody waits for this who does not wait for whoever has the lock anyway. */
    private void awaitFirst(List<StoreFile> files, int first, Deadline deadline) {
        while (!isTaken(files, first)) {
            requireTime(deadline);
            LockSupport.parkNanos(this, GroupCommitWriter.LOCK_POLL_NANOS);
        }
    }

    /** Answers which one could not be had; none is held then. */
    private OptionalInt takeOthers(List<StoreFile> files, int first) {
        long until = System.nanoTime() + BUDGET_NANOS;
        for (int i = 0; i < files.size(); i++) {
            while (i != first && !isTaken(files, i)) {
                if (System.nanoTime() - until > 0) {
                    letGo(files, first, i);
                    return OptionalInt.of(i);
                }
                LockSupport.parkNanos(this, GroupCommitWriter.LOCK_POLL_NANOS);
            }
        }
        return OptionalInt.empty();
    }

    private boolean isTaken(List<StoreFile> files, int one) {
        try {
            Connections.execute(connections.get(one), "BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (!SqliteErrors.isBusy(e)) {
                throw SqliteErrors.translate(e, files.get(one));
            }
            return false;
        }
    }

    private void letGo(List<StoreFile> files, int first, int missing) {
        for (int i = 0; i < files.size(); i++) {
            if (i < missing || i == first) {
                try {
                    Connections.execute(connections.get(i), "ROLLBACK");
                } catch (SQLException e) {
                    throw SqliteErrors.translate(e, files.get(i));
                }
            }
        }
    }

    /** Lets everybody write again. */
    @Override
    public void close() {
        connections.forEach(Opening::closeQuietly);
    }
}
