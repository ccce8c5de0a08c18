package io.aipanel.ports.backup;

import io.aipanel.ports.storage.Storage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A storage of which the stores are about to be replaced by copies. Where an engine can see to it, nobody else has the
 * storage open for as long as this is. For one thread; whoever has begun it closes it.
 */
public interface Restoration extends AutoCloseable {

    /**
     * Opens the storage as it is now, to copy it and to compare it with the copies. Whoever opens it closes it before
     * {@link #replace}.
     *
     * @return the storage; empty if there is nothing yet
     * @throws io.aipanel.ports.storage.StoreException as {@link io.aipanel.ports.storage.StorageProvider#open} does, if it
     *     cannot be read any more; it can be replaced nevertheless
     */
    Optional<Storage> openPresent();

    /**
     * The directory where the copies should be brought, empty and for their owner only, so that they need not be copied once
     * more; empty if it does not matter where they are. It goes when this is closed.
     */
    Optional<Path> staging();

    /**
     * Puts the copies in the place of the stores, in one step: whatever happens, all of it is done or nothing. A process that
     * is killed meanwhile may leave it to whoever opens the storage next to finish it or to take it back. What is replaced is
     * put aside, and stays there until {@link io.aipanel.ports.storage.StorageProvider#discardReplaced}.
     *
     * <p>The copies are brought up to date if their schemas are older. Jobs that waited in the outbox are in their queues
     * then, and what runs in them is waiting to be run again: leases have ended, and no token that was given before will ever
     * be good again, nor will the id of a job that was given since the copies were made be given to another one.
     *
     * @param copies where the copies of all three stores are, under the names that {@link Snapshot#fileName} has given; they
     *     are as they were made. They may be changed, or gone, afterwards
     * @param log what becomes of the audit log
     * @param change what is changed before anybody sees it; called once, after all that is said above
     * @return where that is what was replaced, in words for people; empty if there was nothing
     * @throws io.aipanel.ports.storage.StoreMisconfigured if the copies were made by a newer program
     * @throws io.aipanel.ports.storage.StoreCorrupt if a copy cannot be read
     * @throws io.aipanel.ports.storage.StoreFull if there is no room for it
     * @throws io.aipanel.ports.storage.StoreException if it is not possible otherwise; the storage is as before in each case
     * @throws IllegalStateException if the present storage is still open, or this was done already
     */
    Optional<String> replace(Path copies, LogAfterwards log, Consumer<RestoredStores> change);

    /** Lets others use the storage, as it was if {@link #replace} was not called or has failed. */
    @Override
    void close();
}
