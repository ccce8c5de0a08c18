package io.aipanel.sqlite.storage;

import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The panel store from within a transaction: every call goes to the transaction's own connection. Good on its thread
 * only, and only until it is ended.
 */
public final class TransactionAccess implements StoreAccess, AutoCloseable {

    private final StoreConnection connection;
    private final StoreFile file;
    private final Thread owner = Thread.currentThread();
    private volatile boolean over;
    private @Nullable RuntimeException broken;

    /**
     * @param connection the connection of the transaction, which runs on the present thread
     * @param file the file it belongs to
     */
    public TransactionAccess(StoreConnection connection, StoreFile file) {
        this.connection = connection;
        this.file = file;
    }

    @Override
    public <T> T read(Function<? super StoreConnection, ? extends T> work) {
        checkUsable();
        try {
            return work.apply(connection);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Takes the call back if it fails in the middle, so that work which catches the failure finds nothing half done. */
    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        checkUsable();
        try {
            connection.run("SAVEPOINT call");
            T answer;
            try {
                answer = work.apply(connection);
            } catch (RuntimeException e) {
                connection.run("ROLLBACK TO call");
                connection.run("RELEASE call");
                throw e;
            }
            connection.run("RELEASE call");
            return answer;
        } catch (RuntimeException | SQLException e) {
            throw failed(e);
        }
    }

    /** Ends the use of everything that was taken from the transaction. */
    @Override
    public void close() {
        over = true;
    }

    /**
     * @throws IllegalStateException on another thread, or after the end
     */
    public void checkUsable() {
        if (over || Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "a transaction can be used only by the work it was made for, on its thread, until that returns");
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** After an error that may have ended the transaction, further statements would each commit on their own. */
    private RuntimeException failed(Exception failure) {
        RuntimeException translated = SqliteErrors.translate(failure, file);
        if (!SqliteErrors.leavesTransactionWhole(failure)) {
            broken = translated;
        }
        return translated;
    }
}
