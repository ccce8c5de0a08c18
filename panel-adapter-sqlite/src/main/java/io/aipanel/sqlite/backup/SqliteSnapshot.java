package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.storage.PinnedFile;
import io.aipanel.sqlite.storage.StoreFile;
import io.aipanel.sqlite.storage.WriteLocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One instant across the three files: for some milliseconds nobody may write to any of them, and meanwhile a reader of each
 * begins to hold on to what it holds. See "Snapshot" in the architecture.
 */
public final class SqliteSnapshot extends FileSnapshot {

    private final Map<StoreName, PinnedFile> files;

    private SqliteSnapshot(Instant at, Map<StoreName, PinnedFile> files, Runnable requireOpen) {
        super(at, requireOpen);
        this.files = files;
    }

    /**
     * Holds on to what the files hold now.
     *
     * @param files the files, in the order in which everybody locks them
     * @param within how long to try
     * @param clock tells the instant
     * @param requireOpen throws what is to be said once the storage is closed
     * @throws io.aipanel.ports.storage.StoreException if that is not possible
     */
    public static SqliteSnapshot of(List<StoreFile> files, Duration within, InstantSource clock, Runnable requireOpen) {
        Map<StoreName, PinnedFile> pinned = new EnumMap<>(StoreName.class);
        boolean done = false;
        try {
            files.forEach(file -> pinned.put(file.name(), new PinnedFile(file)));
            WriteLocks locks = WriteLocks.take(files, within);
            try {
                pinned.values().forEach(PinnedFile::pin);
                SqliteSnapshot snapshot = new SqliteSnapshot(clock.instant(), pinned, requireOpen);
                done = true;
                return snapshot;
            } finally {
                locks.close();
            }
        } finally {
            if (!done) {
                pinned.values().forEach(PinnedFile::close);
            }
        }
    }

    @Override
    void copyHeld(StoreName store, Path file, CopyProgress progress) {
        PinnedFile pinned = files.get(store);
        if (pinned == null) {
            throw new IllegalStateException("there is no file of the store " + store);
        }
        pinned.copyTo(file, progress);
    }

    @Override
    void letGo() {
        files.values().forEach(PinnedFile::close);
    }
}
