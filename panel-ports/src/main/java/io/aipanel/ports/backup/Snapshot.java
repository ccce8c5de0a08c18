package io.aipanel.ports.backup;

import io.aipanel.ports.storage.StoreName;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The three stores as they were at one instant, for as long as this is open. What is written later is not in it: writers go
 * on meanwhile, or wait, as whoever has opened it has chosen. Not safe for use by several threads at once; whoever opened it closes it, soon: what it holds back of the
 * engine's cleaning up grows with time.
 */
public interface Snapshot extends AutoCloseable {

    /** The instant, by the storage's clock. */
    Instant at();

    /** What a copy of a store is called, for example {@code panel.db}. */
    String fileName(StoreName store);

    /**
     * Copies a store. If that fails the file is removed again, and other copies can be made.
     *
     * @param store which one
     * @param file where to; a new file is made, for its owner only
     * @param progress hears how far it is; what it throws ends the copy and is thrown by this method
     * @throws IllegalStateException if this is closed
     * @throws io.aipanel.ports.storage.StoreUnavailable with the reason {@code CLOSED} if the storage was closed since
     * @throws io.aipanel.ports.storage.StoreFull if there is no room for it
     * @throws io.aipanel.ports.storage.StoreMisconfigured if the file cannot be made or is there already
     * @throws io.aipanel.ports.storage.StoreCorrupt if what is to be copied is damaged and the engine sees it while it copies
     */
    void copy(StoreName store, Path file, CopyProgress progress);

    /** Lets go of the instant. Does nothing the second time. */
    @Override
    void close();
}
