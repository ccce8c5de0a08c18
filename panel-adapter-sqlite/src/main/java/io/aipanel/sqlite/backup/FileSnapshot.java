package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.storage.StoreFile;
import java.nio.file.Path;
import java.time.Instant;

/** What is the same of both ways to hold on to the three files: the instant, the names, and until when copies can be made. */
abstract class FileSnapshot implements Snapshot {

    private final Instant at;
    private final Runnable requireOpen;
    private boolean closed;

    /**
     * @param at the instant
     * @param requireOpen throws what is to be said once the storage is closed
     */
    FileSnapshot(Instant at, Runnable requireOpen) {
        this.at = at;
        this.requireOpen = requireOpen;
    }

    @Override
    public final Instant at() {
        return at;
    }

    @Override
    public final String fileName(StoreName store) {
        return StoreFile.nameOf(store);
    }

    @Override
    public final void copy(StoreName store, Path file, CopyProgress progress) {
        requireOpen.run();
        if (closed) {
            throw new IllegalStateException("the snapshot is closed: take another one");
        }
        copyHeld(store, file, progress);
    }

    /** Copies a store while it is held on to. */
    abstract void copyHeld(StoreName store, Path file, CopyProgress progress);

    @Override
    public final void close() {
        closed = true;
        letGo();
    }

    /** Lets go of the files; does nothing the second time. */
    abstract void letGo();
}
