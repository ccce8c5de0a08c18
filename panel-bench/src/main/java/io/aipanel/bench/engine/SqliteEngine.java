package io.aipanel.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** SQLite in a temporary directory, with a write-ahead log and a sync at every commit. */
final class SqliteEngine implements Engine {

    private static final int BUSY_TIMEOUT_MILLIS = 30_000;

    private final AtomicInteger number = new AtomicInteger();
    private final Workspace workspace;
    private final Cleanup cleanup;
    private final String version;

    private SqliteEngine(Workspace workspace, Cleanup cleanup, String version) {
        this.workspace = workspace;
        this.cleanup = cleanup;
        this.version = version;
    }

    static SqliteEngine start() throws IOException, SQLException {
        Workspace workspace = Workspace.create();
        Cleanup cleanup = Cleanup.atExit();
        cleanup.add(workspace::remove);
        try {
            return new SqliteEngine(workspace, cleanup, checkedVersion(workspace.directory()));
        } catch (SQLException | RuntimeException e) {
            cleanup.run();
            throw e;
        }
    }

    private static String checkedVersion(Path directory) throws SQLException {
        try (Connection connection = dataSource(directory.resolve("check.db")).getConnection();
                Statement statement = connection.createStatement()) {
            String journal = answer(statement, "PRAGMA journal_mode");
            String synchronous = answer(statement, "PRAGMA synchronous");
            if (!journal.equals("wal") || !synchronous.equals("2")) {
                throw new SQLException("SQLite is not durable here: journal_mode is " + journal + ", synchronous is "
                        + synchronous + ", not wal and 2 (FULL)");
            }
            return "SQLite " + answer(statement, "SELECT sqlite_version()");
        }
    }

    @Override
    public EngineName name() {
        return EngineName.SQLITE;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String durability() {
        return "FULL";
    }

    @Override
    public Database newDatabase() throws IOException {
        Path directory = Files.createDirectory(workspace.directory().resolve("database-" + number.incrementAndGet()));
        return new Directory(directory, dataSource(directory.resolve("other.db")));
    }

    @Override
    public void close() throws IOException {
        cleanup.run();
    }

    private static DataSource dataSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        // A transaction that reads before it writes would otherwise fail at once when another one wrote in between.
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static String answer(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** One database: a directory for the panel's files, and a file for others. */
    private record Directory(Path directory, DataSource dataSource) implements Database {

        @Override
        public String panelUrl() {
            return "sqlite:" + directory.resolve("panel");
        }

        @Override
        public Path files() {
            return directory;
        }

        @Override
        public Map<String, String> durableStore() {
            return Map.of("journal_mode", "wal", "synchronous", "full");
        }

        /** Nothing: the write-ahead log was written back when the last connection was closed. */
        @Override
        public void settle() {}

        @Override
        public void close() throws IOException {
            Workspace.remove(directory);
        }
    }
}
