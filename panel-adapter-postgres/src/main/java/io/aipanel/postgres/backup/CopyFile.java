package io.aipanel.postgres.backup;

import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreFull;
import io.aipanel.ports.storage.StoreMisconfigured;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** A copy that is being written: a new file, for its owner only. What is not finished is removed. For one thread. */
final class CopyFile extends OutputStream {

    /** How much goes to the disk at once: more would make commits on the same disk wait for long. */
    private static final int BUFFER_BYTES = 2 << 20;

    /** A file system with less room than this is full. */
    private static final long FULL_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final CRC32C checksum = new CRC32C();
    private final LongConsumer progress;
    private long written;
    private boolean finished;

    private CopyFile(Path path, FileChannel channel, LongConsumer progress) {
        this.path = path;
        this.channel = channel;
        this.progress = progress;
    }

    /**
     * Makes the file.
     *
     * @param progress hears how many bytes are written, now and then
     * @throws StoreMisconfigured if it cannot be made or is there already
     */
    static CopyFile make(Path path, LongConsumer progress) {
        try {
            return new CopyFile(
                    path,
                    FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                    progress);
        } catch (FileAlreadyExistsException e) {
            throw new StoreMisconfigured(path + " is there already: remove it or choose another name", e);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Writes a line. */
    void line(String text) throws IOException {
        write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        checksum.update(bytes, offset, length);
        int from = offset;
        while (from < offset + length) {
            int part = Math.min(buffer.remaining(), offset + length - from);
            buffer.put(bytes, from, part);
            from += part;
            if (!buffer.hasRemaining()) {
                drain();
                channel.force(false);
                progress.accept(written);
            }
        }
    }

    /** The checksum of all that was written. */
    int checksum() {
        return (int) checksum.getValue();
    }

    /** How many bytes were written. */
    long size() {
        return written + buffer.position();
    }

    /** Makes what was written durable. */
    void finish() throws IOException {
        drain();
        channel.force(true);
        finished = true;
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (!finished) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** What it means that the file could not be written. */
    StoreException failure(IOException failure) {
        return failure(path, failure);
    }

    private static StoreException failure(Path path, IOException failure) {
        if (isFull(path)) {
            return new StoreFull(
                    "no room left for " + path + ": free space on its file system, then try again", failure);
        }
        return new StoreMisconfigured(
                path + " cannot be written (" + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + "): see that its directory is there and the user that runs the panel may write there",
                failure);
    }

    /** What the system says of a full disk is in the system's language. */
    private static boolean isFull(Path path) {
        try {
            Path directory = path.toAbsolutePath().getParent();
            return directory != null && Files.getFileStore(directory).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            written += channel.write(buffer);
        }
        buffer.clear();
    }
}
