package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.StoreException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in the hands of a caller, good on one thread and until the work ends. The first failure ends it for
 * good, whatever the caller does about it.
 */
public final class OpenTransaction implements Database {

    private final Handle handle;
    private final Failures failures;
    private final Thread owner = Thread.currentThread();
    private boolean ended;

    /** What the caller was told when it failed, and what this adapter decides by. */
    private @Nullable StoreException told;

    private @Nullable RuntimeException cause;

    OpenTransaction(Handle handle, Failures failures) {
        this.handle = handle;
        this.failures = failures;
    }

    @Override
    public <T> T read(Function<? super Handle, ? extends T> statement) {
        return change(statement);
    }

    @Override
    public <T> T change(Function<? super Handle, ? extends T> statements) {
        refuseIfNotMine();
        if (told != null) {
            throw told;
        }
        try {
            return statements.apply(handle);
        } catch (JdbiException e) {
            cause = e;
            told = failures.ofStatement(SqlStates.find(e).orElseThrow(() -> e));
            throw told;
        } catch (Repeat e) {
            cause = e;
            told = failures.timedOut(e.reason(), e);
            throw told;
        } catch (StoreException e) {
            cause = e;
            told = e;
            throw e;
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /**
     * Guards what belongs to the transaction.
     *
     * @throws IllegalStateException if the work has ended, or this is another thread
     */
    public void refuseIfNotMine() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended: use it only inside the work it was given to");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "the transaction belongs to another thread: use it only where the work runs");
        }
    }

    /** A transaction that has failed must not look committed, even if the caller has swallowed the failure. */
    void throwIfFailed() {
        if (cause != null) {
            throw cause;
        }
    }

    /**
     * What is to be thrown for an exception that came out of the work: the driver's own where it decides what follows.
     */
    RuntimeException inPlaceOf(RuntimeException thrown) {
        if (cause == null) {
            return thrown;
        }
        boolean conflict = cause instanceof Repeat
                || SqlStates.find(cause).filter(SqlStates::isConflict).isPresent();
        return conflict || thrown == told ? cause : thrown;
    }

    /** From here on every method refuses. */
    void end() {
        ended = true;
    }
}
