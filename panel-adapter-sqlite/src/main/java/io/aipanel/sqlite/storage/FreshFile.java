package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * The new file of a store, filled in one go before anybody opens it. Meanwhile its tables have neither indexes, which are made
 * faster of all rows together, nor triggers, which refuse to have a past brought back. For one thread.
 */
public final class FreshFile implements AutoCloseable {

    private static final String TAKEN_OUT = """
            SELECT 'DROP ' || type || ' "' || name || '"', sql FROM sqlite_schema
            WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name
            """;

    private final StoreFile file;
    private final StoreConnection connection;
    private final List<String> takenOut;
    private boolean closed;
    private boolean finished;

    private FreshFile(StoreFile file, StoreConnection connection, List<String> takenOut) {
        this.file = file;
        this.connection = connection;
        this.takenOut = takenOut;
    }

    /**
     * Makes the file, with a schema as it is now.
     *
     * @param file there is nothing yet
     * @throws io.aipanel.ports.storage.StoreException if it cannot be made
     */
    public static FreshFile make(StoreFile file) {
        StorageDirectory.makeFile(file.path());
        Connections connections = new Connections(file);
        try {
            Connection connection = NativeLibrary.need(connections::filler);
            boolean made = false;
            try {
                Schema.of(file).bringUpToDate(connection);
                Connections.execute(connection, "BEGIN IMMEDIATE");
                StoreConnection store =
                        new StoreConnection(Jdbi.create(connection).open(), new StatementCache(connection));
                FreshFile fresh = new FreshFile(file, store, takeOut(store));
                made = true;
                return fresh;
            } finally {
                if (!made) {
                    Opening.closeQuietly(connection);
                }
            }
        } catch (SQLException | RuntimeException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    private static List<String> takeOut(StoreConnection store) {
        List<String[]> found = store.handle()
                .createQuery(TAKEN_OUT)
                .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
                .list();
        found.forEach(each -> store.handle().execute(each[0]));
        return found.stream().map(each -> each[1]).toList();
    }

    /**
     * Changes what is in it.
     *
     * @throws io.aipanel.ports.storage.StoreException if the rows cannot be in such a store, or there is no room
     */
    public void fill(Consumer<? super StoreConnection> work) {
        try {
            work.accept(connection);
        } catch (RuntimeException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    /** Makes it whole and durable, and closes it. */
    public void finish() {
        try {
            for (String sql : takenOut) {
                connection.run(sql);
            }
            connection.run("COMMIT");
            connection.close();
            closed = true;
            sync();
            finished = true;
        } catch (SQLException | RuntimeException e) {
            throw SqliteErrors.translate(e, file);
        }
    }

    /** Nobody has it open, so looking at it by other means drops no lock. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StoreMisconfigured(file + " cannot be written (" + e + "): see that its disk is well", e);
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        try {
            if (!closed) {
                connection.close();
            }
            if (!finished) {
                Files.deleteIfExists(file.path());
            }
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, file);
        } catch (IOException e) {
            throw new StoreMisconfigured(file + " cannot be removed (" + e + "): remove it", e);
        }
    }
}
