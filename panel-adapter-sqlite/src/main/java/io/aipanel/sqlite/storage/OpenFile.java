package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.WriteObserver;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** What there is of a file while it is open: its writer, its readers and its checkpoints. Safe for use by many threads. */
final class OpenFile implements StoreAccess {

    private final Duration timeout;
    private final GroupCommitWriter writer;
    private final ReaderPool readers;
    private final Checkpointer checkpointer;

    private OpenFile(Duration timeout, GroupCommitWriter writer, ReaderPool readers, Checkpointer checkpointer) {
        this.timeout = timeout;
        this.writer = writer;
        this.readers = readers;
        this.checkpointer = checkpointer;
    }

    /**
     * Opens a file that exists, perhaps empty, and brings its schema up to date.
     *
     * @param timeout the longest that a call may take
     * @param deadline until when to wait for others who hold the file
     * @param givenUp whether nobody wants it open any more
     * @throws io.aipanel.ports.storage.StoreException if that is not possible; everything is closed again then
     */
    static OpenFile open(
            StoreFile file,
            Schema schema,
            Duration timeout,
            News news,
            WriteObserver observer,
            Deadline deadline,
            BooleanSupplier givenUp) {
        Connections connections = new Connections(file);
        Connection connection = new Opening(file, connections, schema).open(deadline, givenUp);
        try {
            Connections.keepSavepointsInMemory(connection);
            Jdbi jdbi = Jdbi.create(connection).installPlugin(new SqlObjectPlugin());
            StatementCache statements = new StatementCache(connection);
            Handle handle = jdbi.open();
            handle.setStatementBuilder(statements);
            Connection forCheckpoints = connections.beside();
            GroupCommitWriter writer =
                    new GroupCommitWriter(file, new StoreConnection(handle, statements), news, observer);
            ReaderPool readers = new ReaderPool(file, connections, timeout);
            Checkpointer checkpointer = new Checkpointer(file, forCheckpoints, writer::restartLog);
            writer.start(checkpointer::committed);
            return new OpenFile(timeout, writer, readers, checkpointer);
        } catch (SQLException e) {
            Opening.closeQuietly(connection);
            throw SqliteErrors.translate(e, file);
        }
    }

    GroupCommitWriter writer() {
        return writer;
    }

    ReaderPool readers() {
        return readers;
    }

    @Override
    public <T> T read(Function<? super StoreConnection, ? extends T> work) {
        return readers.read(work, Deadline.in(timeout));
    }

    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        return writer.write(work, Deadline.in(timeout));
    }

    void close() {
        // The writer last: whoever closes a file as the last one moves the rest of its log into it.
        readers.close(timeout);
        checkpointer.close();
        writer.close();
    }
}
