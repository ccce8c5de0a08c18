package io.aipanel.app.audit;

import io.aipanel.domain.Text;
import io.aipanel.domain.audit.SignedCheckpoint;
import io.aipanel.service.audit.CheckpointAnchor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends checkpoints to a file, one after the other: on another disk, or another machine's. */
public final class FileAnchor implements CheckpointAnchor {

    private final Path file;

    /** @param file the file; made if there is none, in a directory that must be there */
    public FileAnchor(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return Text.truncated("file:" + file, Text.INDEXED_BYTES);
    }

    @Override
    public void publish(SignedCheckpoint checkpoint) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            long before = channel.size();
            try {
                write(channel, checkpoint.toString());
            } catch (IOException e) {
                // Half a checkpoint would make the others unreadable.
                channel.truncate(before);
                throw e;
            }
        } catch (IOException e) {
            throw new IOException("the file cannot be written (" + e + ")", e);
        }
    }

    private static void write(FileChannel channel, String note) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
