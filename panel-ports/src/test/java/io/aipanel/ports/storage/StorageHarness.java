package io.aipanel.ports.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A fresh, empty storage for one test, and the power over its clock. An adapter's tests say how to make one; the
 * contracts do the rest.
 */
public interface StorageHarness extends AutoCloseable {

    /** The open storage; always the same one. */
    Storage storage();

    /**
     * Opens the same data once more, as another process would. The caller closes it.
     *
     * @param change changes the options that {@link #storage()} was opened with
     */
    Storage openAnother(UnaryOperator<StorageOptions> change);

    /** The options that {@link #storage()} was opened with. */
    StorageOptions options();

    /** The engine of the storage. */
    StorageProvider provider();

    /**
     * Opens what copies of the three stores hold, as if it had been restored. The copies stay as they are.
     *
     * @param copies one for each store
     * @return the storage; closed with this, or earlier by the caller
     */
    Storage openCopies(Map<StoreName, Path> copies);

    /** The present time by the store's own clock, to within a second. */
    Instant now();

    /**
     * Lets time pass for the store: delays, leases, presences, kept keys and the tokens of rate limits come that much
     * nearer to their end. With a negative duration the store's clock is set back, and they are that much farther from it.
     */
    void advance(Duration duration);

    /** Closes every storage that was opened here and removes the data. */
    @Override
    void close();
}
