package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.storage.StoreMisconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A file as it was when {@link #pin} was called: a read transaction of a connection of its own, which is never used for
 * anything else. For one thread at a time.
 */
public final class PinnedFile implements AutoCloseable {

    /**
     * Two mebibytes: a disk writes them in some milliseconds, which is how long a commit may wait for it, and the copy as a
     * whole takes hardly longer.
     */
    private static final int PAGES_AT_ONCE = 512;

    private final StoreFile file;
    private final Connection connection;

    /**
     * @param file which file
     * @throws io.aipanel.ports.storage.StoreException if it cannot be opened
     */
    public PinnedFile(StoreFile file) {
        this.file = file;
        try {
            this.connection = new Connections(file).beside();
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    /** Holds on to what is committed now. */
    public void pin() {
        try {
            Connections.execute(connection, "BEGIN");
            // BEGIN alone holds on to nothing: the first read does.
            Connections.answer(connection, "SELECT count(*) FROM sqlite_schema");
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    /**
     * Copies the file with the Online Backup API.
     *
     * @param copy where to; a new file is made, for its owner only, and removed again if this fails
     * @param progress hears how far it is
     * @throws StoreMisconfigured if the copy cannot be made or is there already
     */
    public void copyTo(Path copy, CopyProgress progress) {
        if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreMisconfigured(copy + " is there already: remove it or choose another name", null);
        }
        GrowingCopy growing = new GrowingCopy(copy);
        boolean done = false;
        try (growing) {
            PageProgress told = new PageProgress(growing::sync, progress);
            int code = connection
                    .unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .backup("main", copy.toAbsolutePath().toString(), told, 0, 0, PAGES_AT_ONCE);
            told.rethrow();
            if (code != SQLiteErrorCode.SQLITE_OK.code) {
                SQLiteErrorCode error = SQLiteErrorCode.getErrorCode(code);
                throw new SQLiteException("the copy ended with " + error, error);
            }
            done = true;
        } catch (SQLException e) {
            // What is full or cannot be written is where the copy goes to; what is damaged is what is copied.
            boolean isSource = SqliteErrors.isDamage(e);
            throw SqliteErrors.translate(e, isSource ? file : new StoreFile(file.name(), copy, ""));
        } finally {
            if (!done) {
                remove(copy);
            }
        }
    }

    /** Removes what was not finished. */
    static void remove(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // Why it was not finished is what is told.
        }
    }

    @Override
    public void close() {
        Opening.closeQuietly(connection);
    }
}
