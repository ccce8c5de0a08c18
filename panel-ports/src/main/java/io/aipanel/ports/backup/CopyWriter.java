package io.aipanel.ports.backup;

import org.jspecify.annotations.Nullable;

/**
 * Makes copies of stores out of rows: what {@link Snapshot#copy} would have made of stores that have them. Whoever opened it
 * closes it; what is not {@linkplain #finish finished} by then is removed. For one thread.
 */
public interface CopyWriter extends RowReceiver, AutoCloseable {

    /**
     * Writes a row.
     *
     * @throws io.aipanel.ports.storage.StoreFull if there is no room for it
     * @throws io.aipanel.ports.storage.StoreException if it cannot be in such a store, or cannot be written
     */
    @Override
    void take(PortableTable table, @Nullable Object[] row);

    /**
     * Writes what an engine makes of the rows for itself, and makes all of it durable.
     *
     * @throws io.aipanel.ports.storage.StoreException as {@link #take} does
     */
    void finish();

    @Override
    void close();
}
