package io.aipanel.sqlite.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves pages from one file's write-ahead log into the file, on a thread of its own, so that no caller pays for it. The
 * kind of checkpoint is PASSIVE: it waits for nobody and stops nobody. While commits never pause, such a one never gets to
 * the end of the log, which then cannot start over and grows: past a ceiling the writer is asked to see to that between
 * two transactions.
 */
final class Checkpointer {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    /** Where it is worth while: twice what a log that has started over may keep. */
    private static final long WORTH_WHILE_BYTES = 2L * Connections.JOURNAL_SIZE_LIMIT;
    /** Past this the log must start over: 64 MiB in pages of 4 KiB. */
    private static final long CEILING_PAGES = 16_384;
    /** The least time between two checkpoints: each costs an fsync of log and file. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final StoreFile file;
    private final Connection connection;
    private final Runnable restartLog;
    private final Thread thread;

    private volatile boolean dirty;
    private volatile boolean closing;

    /**
     * @param connection its connection; this closes it
     * @param restartLog asks the writer to start the log over
     */
    Checkpointer(StoreFile file, Connection connection, Runnable restartLog) {
        this.file = file;
        this.connection = connection;
        this.restartLog = restartLog;
        this.thread = new Thread(this::loop, "panel-sqlite-" + file.name().wireName() + "-checkpoints");
        thread.start();
    }

    /** Something was committed. Costs nothing unless it is the first time since the last checkpoint. */
    void committed() {
        if (!dirty) {
            dirty = true;
            LockSupport.unpark(thread);
        }
    }

    void close() {
        closing = true;
        LockSupport.unpark(thread);
        WriterThread.joinPatiently(thread);
    }

    private void loop() {
        try (connection) {
            while (!closing) {
                if (dirty) {
                    dirty = false;
                    checkpointIfWorthWhile();
                    LockSupport.parkNanos(this, PAUSE_NANOS);
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (SQLException e) {
            LOG.warn("cannot close the connection that checkpoints {}", file, e);
        }
    }

    private void checkpointIfWorthWhile() {
        if (sizeOf(file.wal()) < WORTH_WHILE_BYTES) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            if (answer.next() && answer.getLong("log") > CEILING_PAGES) {
                restartLog.run();
            }
        } catch (SQLException e) {
            if (!SqliteErrors.isBusy(e)) {
                LOG.warn("a checkpoint of {} failed; its write-ahead log keeps growing until one succeeds", file, e);
            }
        }
    }

    /** Asks the file system only: opening the file ourselves would drop SQLite's locks on it. */
    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException noLogYet) {
            return 0;
        }
    }
}
