package io.aipanel.sqlite.storage;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store from within a transaction: every call goes to the transaction's own connection. Good on its thread
 * only, and only until it is ended.
 *
 * <p>A call that fails dooms the transaction, even if the work catches the failure and goes on: the call may have been half
 * done, and an error that has ended the transaction would let each further statement commit on its own.
 */
public final class TransactionAccess implements StoreAccess {

    private final StoreConnection connection;
    private final StoreFile file;
    private final Thread owner = Thread.currentThread();
    private volatile boolean over;
    private @Nullable RuntimeException doom;

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
        return call(work);
    }

    @Override
    public <T> T write(Function<? super StoreConnection, ? extends T> work) {
        return call(work);
    }

    /**
     * Whether it may still be used.
     *
     * @throws IllegalStateException on another thread, or after the end
     */
    public void requireUsable() {
        if (over || Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "a transaction can be used only by the work it was made for, on its thread, until that returns");
        }
    }

    /**
     * Does the work of the transaction.
     *
     * @throws io.aipanel.ports.storage.StoreException that a call has thrown before, even if the work has caught it
     */
    public <T> T run(Supplier<? extends T> work) {
        try {
            T answer = work.get();
            requireWhole();
            return answer;
        } finally {
            over = true;
        }
    }

    private void requireWhole() {
        if (doom != null) {
            throw doom;
        }
    }

    private <T> T call(Function<? super StoreConnection, ? extends T> work) {
        requireUsable();
        requireWhole();
        try {
            return work.apply(connection);
        } catch (RuntimeException e) {
            doom = SqliteErrors.translate(e, file);
            throw doom;
        }
    }
}
