package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** One open file: its writer, its readers and its checkpoints. Safe for use by many threads. */
public final class Store implements StoreAccess, AutoCloseable {

    private final StoreFile file;
    private final String schemaVersion;
    private final Duration timeout;
    private final GroupCommitWriter writer;
    private final ReaderPool readers;
    private final Checkpointer checkpointer;
    private volatile boolean closed;

    private Store(
            StoreFile file,
            String schemaVersion,
            Duration timeout,
            GroupCommitWriter writer,
            ReaderPool readers,
            Checkpointer checkpointer) {
        this.file = file;
        this.schemaVersion = schemaVersion;
        this.timeout = timeout;
        this.writer = writer;
        this.readers = readers;
        this.checkpointer = checkpointer;
    }

    /**
     * Opens a file that exists, perhaps empty, and brings its schema up to date.
     *
     * @param file which file
     * @param timeout the longest that a call may take, this one included
     * @param news hears of what commits announce, and of commits of other processes
     * @param observer hears how long writes take
     * @throws io.aipanel.ports.storage.StoreException if that is not possible; everything is closed again then
     */
    public static Store open(StoreFile file, Duration timeout, News news, WriteObserver observer) {
        Connections connections = new Connections(file);
        Schema schema = Schema.of(file);
        Connection connection = new Opening(file, connections, schema).open(Deadline.in(timeout));
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
            return new Store(file, schema.version(), timeout, writer, readers, checkpointer);
        } catch (SQLException e) {
            Opening.closeQuietly(connection);
            throw SqliteErrors.translate(e, file);
        }
    }

    @Override
    public <T> T read(Function<? super StoreConnection, ? extends T> work) {
        WriterThread.refuseCallsFromWithin();
        return readers.read(work, Deadline.in(timeout));
    }

    /** Reads, even from within the work of another file's writer. It sees what is committed at this moment. */
    public <T> T readFromWithin(Function<? super StoreConnection, ? extends T> work) {
        return readers.read(work, Deadline.in(timeout));
    }

    /** Reads for as long as it takes, which may be minutes. */
    public <T> T readPatiently(Function<? super StoreConnection, ? extends T> work) {
        WriterThread.refuseCallsFromWithin();
        return readers.readPatiently(work, Deadline.in(timeout));
    }

    /**
     * Reads something, then writes something: a number in the file's header, which is as it was afterwards. Only what is
     * really written shows that there is room left.
     *
     * @param within how long both together may take
     * @throws io.aipanel.ports.storage.StoreException if one of them is not possible
     */
    public void probe(Duration within) {
        WriterThread.refuseCallsFromWithin();
        Deadline deadline = Deadline.in(within);
        readers.read(
                connection -> connection.prepared("SELECT count(*) FROM sqlite_schema", PreparedStatement::execute),
                deadline);
        writeBy(connection -> connection.change("PRAGMA user_version = 0", statement -> {}), deadline);
    }

    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        return writeBy(work, Deadline.in(timeout));
    }

    @Override
    public <I, O> O write(JointWork<I, O> work, I wanted) {
        requireOpen();
        return writer.write(work, wanted, Deadline.in(timeout));
    }

    /**
     * Refuses what must not be done by the work of a transaction.
     *
     * @throws IllegalStateException on the thread of a writer
     */
    public void refuseFromWithin() {
        WriterThread.refuseCallsFromWithin();
    }

    /** Which file it is. */
    public StoreFile file() {
        return file;
    }

    /** The id of the last change of its schema. */
    public String schemaVersion() {
        return schemaVersion;
    }

    /**
     * Ends the calls that wait, finishes those under way, and lets go of threads and connections.
     *
     * @throws IllegalStateException if called by work that the writer would have to wait for
     */
    @Override
    public void close() {
        WriterThread.refuseCallsFromWithin();
        closed = true;
        // The writer last: whoever closes a file as the last one moves the rest of its log into it.
        readers.close(timeout);
        checkpointer.close();
        writer.close();
    }

    private <T> T writeBy(Function<? super StoreConnection, ? extends T> work, Deadline deadline) {
        requireOpen();
        return writer.write(work, deadline);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailable(Reason.CLOSED, "the storage is closed: open it again", null);
        }
    }
}
