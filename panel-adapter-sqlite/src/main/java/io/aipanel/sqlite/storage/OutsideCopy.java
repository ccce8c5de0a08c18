package io.aipanel.sqlite.storage;

import io.aipanel.ports.backup.CopyProgress;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Copies a file that is not written to, byte by byte. This process must not open it: closing it again would drop the locks that
 * SQLite holds on it here. So {@code cat} reads it in a process of its own, which has no locks to lose, and which ends with the
 * pipe between them if this process does, is killed, or has had enough.
 */
public final class OutsideCopy {

    private static final int BUFFER = 1 << 20;

    /** A file system with less room than this is full. */
    private static final long FULL_BYTES = 1 << 20;

    /** What any disk reads in a second. */
    private static final long SLOWEST_BYTES = 4 << 20;

    private static final Duration START = Duration.ofSeconds(30);

    private OutsideCopy() {}

    /**
     * Copies a file. What fails leaves nothing behind.
     *
     * @param file what is copied; nobody may write to it meanwhile, and its write-ahead log must have nothing of its own
     * @param copy where to; a new file is made, for its owner only
     * @param progress hears how far it is; what it throws ends the copy at once
     * @throws StoreMisconfigured if the copy cannot be made or is there already
     * @throws StoreFull if there is no room for it
     * @throws StoreUnavailable if the file cannot be read, or not in a time in which any disk could read it
     */
    public static void copy(StoreFile file, Path copy, CopyProgress progress) {
        if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreMisconfigured(copy + " is there already: remove it or choose another name", null);
        }
        StorageDirectory.makeFile(copy);
        boolean done = false;
        try {
            long bytes = Files.size(file.path());
            read(file, bytes, copy, progress);
            done = true;
        } catch (IOException e) {
            throw unreadable(file, e.getMessage(), e);
        } finally {
            if (!done) {
                PinnedFile.remove(copy);
            }
        }
    }

    private static void read(StoreFile file, long bytes, Path copy, CopyProgress progress) throws IOException {
        ProcessBuilder command = new ProcessBuilder("cat", file.path().toString());
        command.environment().put("LC_ALL", "C");
        Process cat = command.start();
        cat.getOutputStream().close();
        AtomicBoolean tooLate = new AtomicBoolean();
        Duration limit = START.plusSeconds(bytes / SLOWEST_BYTES);
        cat.onExit().orTimeout(limit.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
            tooLate.set(true);
            return cat.destroyForcibly();
        });
        try (InputStream in = cat.getInputStream()) {
            long done = write(in, copy, bytes, progress);
            String said = said(cat);
            int exitCode = cat.onExit().join().exitValue();
            if (tooLate.get()) {
                throw new StoreUnavailable(
                        Reason.TIMED_OUT,
                        file + " could not be copied within " + limit.toSeconds()
                                + " s: check the disk and the system's log",
                        null);
            }
            if (exitCode != 0 || done != bytes) {
                throw unreadable(
                        file,
                        said.isEmpty() ? done + " of " + bytes + " bytes were read, exit code " + exitCode : said,
                        null);
            }
        } finally {
            cat.destroyForcibly();
        }
    }

    private static long write(InputStream in, Path copy, long bytes, CopyProgress progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        try (OutputStream out = Files.newOutputStream(copy)) {
            int read = in.readNBytes(buffer, 0, BUFFER);
            while (read > 0) {
                try {
                    out.write(buffer, 0, read);
                } catch (IOException e) {
                    throw unwritable(copy, e);
                }
                done += read;
                progress.copied(Math.min(done, bytes), bytes);
                read = in.readNBytes(buffer, 0, BUFFER);
            }
        }
        return done;
    }

    /** What it has complained about: at most a line, which no pipe is too small for. */
    private static String said(Process process) throws IOException {
        try (InputStream err = process.getErrorStream()) {
            return new String(err.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static StoreException unwritable(Path copy, IOException e) {
        try {
            if (Files.getFileStore(copy).getUsableSpace() < FULL_BYTES) {
                return new StoreFull("no room left for " + copy + ": free space on its file system, then try again", e);
            }
        } catch (IOException notEvenThat) {
            // Then it is not for want of room.
        }
        return new StoreMisconfigured(
                copy + " cannot be written (" + e.getMessage()
                        + "): see that its directory is there and the user that runs the panel may write there",
                e);
    }

    private static StoreUnavailable unreadable(StoreFile file, String why, Throwable cause) {
        return new StoreUnavailable(
                Reason.UNREACHABLE,
                file + " cannot be read by another process (" + why
                        + "): see that the program cat can be run, and check" + " the disk and the system's log",
                cause);
    }
}
