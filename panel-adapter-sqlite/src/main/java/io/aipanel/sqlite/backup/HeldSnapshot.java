package io.aipanel.sqlite.backup;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import io.aipanel.sqlite.storage.LogMover;
import io.aipanel.sqlite.storage.OutsideCopy;
import io.aipanel.sqlite.storage.StoreFile;
import io.aipanel.sqlite.storage.WriteLocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * One instant across the three files: nobody may write to any of them while this is open, their write-ahead logs have nothing
 * that they do not have, and they are copied as files, by another process. See ADR 12.
 */
public final class HeldSnapshot extends FileSnapshot {

    private final List<StoreFile> files;
    private final WriteLocks locks;

    private HeldSnapshot(Instant at, List<StoreFile> files, WriteLocks locks, Runnable requireOpen) {
        super(at, requireOpen);
        this.files = files;
        this.locks = locks;
    }

    /**
     * Lets nobody write from now on.
     *
     * @param files the files
     * @param within how long to try
     * @param clock tells the instant
     * @param requireOpen throws what is to be said once the storage is closed
     * @throws io.aipanel.ports.storage.StoreException if that is not possible
     */
    public static HeldSnapshot of(List<StoreFile> files, Duration within, InstantSource clock, Runnable requireOpen) {
        List<LogMover> logs = new ArrayList<>();
        try {
            files.forEach(file -> logs.add(new LogMover(file)));
            long until = System.nanoTime() + within.toNanos();
            do {
                logs.forEach(LogMover::prepare);
                WriteLocks locks = WriteLocks.take(files, within);
                boolean done = false;
                try {
                    if (logs.stream().allMatch(LogMover::moveAll)) {
                        HeldSnapshot snapshot = new HeldSnapshot(clock.instant(), files, locks, requireOpen);
                        done = true;
                        return snapshot;
                    }
                } finally {
                    if (!done) {
                        locks.close();
                    }
                }
            } while (System.nanoTime() - until < 0);
            throw new StoreUnavailable(
                    Reason.TIMED_OUT,
                    "somebody was reading an earlier state all the time, a backup perhaps, so that the files had not"
                            + " everything that was written: wait for it, or let writers go on while the copies are made",
                    null);
        } finally {
            logs.forEach(LogMover::close);
        }
    }

    @Override
    void copyHeld(StoreName store, Path file, CopyProgress progress) {
        StoreFile source = files.stream()
                .filter(each -> each.name() == store)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no file of the store " + store));
        OutsideCopy.copy(source, file, progress);
    }

    /** Lets everybody write again. */
    @Override
    void letGo() {
        locks.close();
    }
}
