package io.aipanel.postgres.storage;

import io.aipanel.ports.storage.Storage.Subscription;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.ports.storage.WriteObservers;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Measures how long writes take, from the call until they are committed. Safe for use by many threads. */
public final class WriteTimes {

    private final WriteObservers observers = new WriteObservers();

    /** Nobody listens yet. */
    public WriteTimes() {}

    /** Has one more hear of every write from now on, until the answer is closed. */
    public Subscription add(WriteObserver observer) {
        return observers.add(observer);
    }

    /**
     * Does what writes to a store, and tells how long it took unless it fails.
     *
     * @param store where
     * @param write ends with the commit
     */
    public <T> T of(StoreName store, Supplier<? extends T> write) {
        long began = System.nanoTime();
        T answer = write.get();
        committed(store, began);
        return answer;
    }

    /**
     * Tells of a write that was just committed.
     *
     * @param store where
     * @param began what {@link System#nanoTime} said when it was asked for
     */
    public void committed(StoreName store, long began) {
        observers.committed(store, System.nanoTime() - began);
    }

    /** A database whose changes are those of a store. */
    public Database of(StoreName store, Database database) {
        return new Measured(this, store, database);
    }

    private record Measured(WriteTimes times, StoreName store, Database database) implements Database {

        @Override
        public <T> T read(Function<? super Handle, ? extends T> statement) {
            return database.read(statement);
        }

        @Override
        public <T> T change(Function<? super Handle, ? extends T> statements) {
            return times.of(store, () -> database.change(statements));
        }

        @Override
        public <T> T look(Function<? super Handle, ? extends T> statements) {
            return database.look(statements);
        }

        @Override
        public boolean isShared() {
            return database.isShared();
        }
    }
}
