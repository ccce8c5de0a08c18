package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * A small database that is there for its locks. The operating system ends them with the process, and SQLite, unlike a lock on
 * a channel of ours, keeps them apart from what else this process does with the file.
 */
final class LockFile {

    private LockFile() {}

    /**
     * Connects to one, which is made if it is missing. The connection waits for nobody.
     *
     * @param path where it is
     * @throws io.aipanel.ports.storage.StoreException if that is not possible
     */
    static Connection connect(Path path) {
        StorageDirectory.makeFile(path);
        StoreFile file = file(path);
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(0);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(file.jdbcUrl());
        try {
            return NativeLibrary.need(source::getConnection);
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    /** What failures are told of. */
    static StoreFile file(Path path) {
        return new StoreFile(StoreName.PANEL, path, "");
    }
}
