package io.aipanel.sqlite.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to one file, each with the pragmas of its purpose. The driver sets the busy time-out before anything
 * else. None of them creates the file: it is made beforehand, with the right permissions.
 */
final class Connections {

    /** What SQLite cuts the write-ahead log down to when it starts over: 4 MiB. */
    static final int JOURNAL_SIZE_LIMIT = 4 << 20;

    /** Rows of tables with several keys land all over the file. */
    private static final int FILLER_CACHE_KIB = 64 << 10;

    private final StoreFile file;

    Connections(StoreFile file) {
        this.file = file;
    }

    /**
     * The one connection that writes. It waits for nothing by itself: {@link GroupCommitWriter} decides how long to wait
     * for other processes. Checkpoints are not its business either.
     */
    Connection writer() throws SQLException {
        Connection connection = source(withoutCheckpoints()).getConnection();
        // The writer begins and commits in SQL. To a driver in auto-commit mode every statement within would look
        // unfinished: it would try to begin and commit around it, in vain and at a price.
        ((SQLiteConnection) connection).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    /**
     * Has what savepoints may have to take back stay in memory. Otherwise SQLite makes a temporary file in every transaction
     * that touches more than a few pages, and writes each page there once more. Not before the schema is up to date: an
     * index of a large table is sorted in that place, too.
     */
    static void keepSavepointsInMemory(Connection writer) throws SQLException {
        execute(writer, "PRAGMA temp_store = MEMORY");
    }

    /** Where the reader pool gets its connections. They may wait this long for a file that is being recovered. */
    SQLiteDataSource readers(int busyMillis) {
        return source(config(busyMillis));
    }

    /** A connection beside the writer, which moves pages into the file, takes its lock or holds on to a moment. */
    Connection beside() throws SQLException {
        return source(withoutCheckpoints()).getConnection();
    }

    /** A connection to a file that nobody changes. */
    Connection stillReader() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(0);
        return source(config).getConnection();
    }

    /**
     * A connection to a new file that nobody else opens before it is full. What it writes is on the disk when somebody has seen to
     * that afterwards, and rows may come before those that they refer to.
     */
    Connection filler() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(0);
        config.setSynchronous(SynchronousMode.OFF);
        config.setJournalMode(JournalMode.MEMORY);
        config.enforceForeignKeys(false);
        config.setCacheSize(-FILLER_CACHE_KIB);
        Connection connection = source(config).getConnection();
        ((SQLiteConnection) connection).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    private SQLiteConfig withoutCheckpoints() {
        SQLiteConfig config = config(0);
        config.setWalAutocheckpoint(0);
        return config;
    }

    private SQLiteConfig config(int busyMillis) {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(busyMillis);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(JOURNAL_SIZE_LIMIT);
        return config;
    }

    private SQLiteDataSource source(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(file.jdbcUrl());
        return source;
    }

    /** Runs a statement that answers nothing. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row of what a pragma or query answers. */
    static String answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
