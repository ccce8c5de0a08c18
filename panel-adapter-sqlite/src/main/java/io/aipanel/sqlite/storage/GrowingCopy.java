package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A copy that SQLite writes, as a plain file: what is in it so far goes to the disk a little at a time. Left to the end, all of
 * it would go at once, and every commit meanwhile would wait behind it: the file system writes what it was given first.
 *
 * <p>Opening it beside SQLite, and closing it, drops the locks that SQLite has on it, which nobody heeds.
 */
final class GrowingCopy implements AutoCloseable {

    private final Path path;
    /** Not a channel: an interrupt of the thread would close that in the middle of the copy. */
    private final RandomAccessFile file;

    /** @throws StoreMisconfigured if it cannot be made or is there already as something else than a file */
    GrowingCopy(Path path) {
        this.path = path;
        StorageDirectory.makeFile(path);
        try {
            this.file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw new StoreMisconfigured(
                    path + " cannot be written (" + e.getMessage()
                            + "): see that its directory is there and the user that runs the panel may write there",
                    e);
        }
    }

    /**
     * Waits until what was written is on the disk.
     *
     * @throws StoreUnavailable if the disk does not take it
     */
    void sync() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private StoreUnavailable failure(IOException e) {
        return new StoreUnavailable(
                Reason.UNREACHABLE,
                path + " cannot be written to the disk (" + e.getMessage() + "): check the disk and the system's log",
                e);
    }
}
