package io.aipanel.ports.storage;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.Restoration;
import io.aipanel.ports.backup.RowReceiver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An engine. Found by {@link java.util.ServiceLoader} and chosen by the scheme of the storage URL, as JDBC chooses a
 * driver.
 */
public interface StorageProvider {

    /** The part of a storage URL before its first colon, in lower case, for example {@code sqlite}. */
    String scheme();

    /**
     * Opens the storage, creating it if there is none and bringing its schema up to date if it is older. Safe against
     * other processes that do the same at the same time.
     *
     * @param options where it is and how to use it
     * @return the open storage; the caller closes it
     * @throws StoreMisconfigured if it cannot be used as it is configured; nothing was changed
     * @throws StoreCorrupt if what is there is damaged or is not a database; it is left as it is
     * @throws StoreUnavailable if it cannot be reached in time
     * @throws StoreFull if there is no room to create it
     * @throws io.aipanel.domain.InvalidValueException if the URL is not one of this engine; the message shows its form
     */
    Storage open(StorageOptions options);

    /**
     * Looks at a copy that {@link io.aipanel.ports.backup.Snapshot#copy} has made: whether it is whole, and what is in it.
     * Reads all of it, and changes nothing.
     *
     * @param store which store it is a copy of
     * @param file the copy; nobody may change it meanwhile
     * @throws UnsupportedOperationException if this engine makes no copies
     */
    CopyReport examine(StoreName store, Path file);

    /**
     * Why {@link #openCopies} cannot be done, and what would have to be; empty if it can.
     *
     * @param options those of the storage that the copies were made of
     * @throws StoreException as {@link #open} does, where that has nothing to do with what is in the stores
     */
    Optional<String> whyCopiesStayClosed(StorageOptions options);

    /**
     * Opens copies of all three stores as a storage of its own, to try them out. They are changed by that.
     *
     * @param directory where they are, under the names that {@link io.aipanel.ports.backup.Snapshot#fileName} has given
     * @param options those of the storage that they were made of; its stores are left as they are
     * @return the open storage; the caller closes it
     * @throws StoreException as {@link #open} does
     * @throws UnsupportedOperationException with {@link #whyCopiesStayClosed} if that cannot be done
     */
    Storage openCopies(Path directory, StorageOptions options);

    /**
     * Reads copies of all three stores row by row, in the form that every engine has. Needs nothing but the copies, not even a
     * server. What waited in an outbox and had arrived already is left out.
     *
     * @param directory where they are, under the names that {@link io.aipanel.ports.backup.Snapshot#fileName} has given; they
     *     may be changed by that
     * @param rows is given all rows, store by store in the order of {@link StoreName}; what it throws ends the reading and is
     *     thrown by this method
     * @throws StoreMisconfigured if the copies were made by a newer program, or by an older one and this engine cannot bring
     *     copies up to date without being asked to restore them
     * @throws StoreCorrupt if a copy cannot be read
     */
    void readCopies(Path directory, RowReceiver rows);

    /**
     * Makes copies of all three stores out of rows that {@link #readCopies} has read, perhaps from copies of another engine. Needs
     * nothing but the rows, not even a server.
     *
     * @param directory where to; it has nothing of the names that {@link io.aipanel.ports.backup.Snapshot#fileName} gives
     * @param at the instant that the rows are of
     * @return takes the rows, store by store in the order of {@link StoreName}; the caller closes it
     * @throws StoreException if they cannot be made there
     */
    CopyWriter writeCopies(Path directory, Instant at);

    /**
     * Begins to replace the stores of a storage by copies.
     *
     * @param options where it is and how to use it
     * @throws StoreMisconfigured if somebody has the storage open and nobody may meanwhile; the message says what to do
     * @throws StoreException as {@link #open} does, where that has nothing to do with what is in the stores
     */
    Restoration beginRestoration(StorageOptions options);

    /**
     * Removes for good what restorations have put aside.
     *
     * @param options where it is and how to use it
     * @return where that was what is gone now, in words for people
     * @throws StoreException as {@link #open} does, where that has nothing to do with what is in the stores
     */
    List<String> discardReplaced(StorageOptions options);
}
