package io.aipanel.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that a command writes: for its owner only, and there when it is complete, not before. */
public final class OutputFile {

    private final String option;
    private final Path given;
    private final Path path;
    private final boolean overwrite;

    /** Writes what the file is to hold. */
    @FunctionalInterface
    public interface Content<T> {
        /**
         * @param out stays open
         * @return whatever the caller wants to know
         */
        T writeTo(OutputStream out) throws IOException;
    }

    /**
     * @param option the option that names the file, for messages
     * @param given the file as it was given
     * @param directory where it is, if it was not given from the root on
     * @param overwrite whether a file that is there already is replaced
     * @throws UsageException if there is one and it is not, or it is a directory
     */
    public OutputFile(String option, Path given, Path directory, boolean overwrite) {
        this.option = option;
        this.given = given;
        this.path = directory.resolve(given).toAbsolutePath();
        this.overwrite = overwrite;
        if (Files.isDirectory(path)) {
            throw new UsageException(option + " " + given + " is a directory: name a file");
        }
        if (Files.exists(path) && !overwrite) {
            throw exists();
        }
    }

    /**
     * Writes the file under another name first. Nothing is left of it if that fails.
     *
     * @throws CommandFailed if it cannot be written
     */
    public <T> T write(Content<T> content) {
        try {
            // For its owner only: that is how temporary files are made.
            Path draft = Files.createTempFile(path.getParent(), "." + path.getFileName() + ".", ".part");
            draft.toFile().deleteOnExit();
            try {
                T result = fill(draft, content);
                publish(draft);
                return result;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException e) {
            throw new CommandFailed(option + " " + given + " cannot be written: its directory is not there", e);
        } catch (IOException e) {
            String why =
                    e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.toString();
            throw new CommandFailed(
                    option + " " + given + " cannot be written (" + why + "): nothing was left there", e);
        }
    }

    private static <T> T fill(Path draft, Content<T> content) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            T result = content.writeTo(out);
            out.flush();
            channel.force(true);
            return result;
        }
    }

    private void publish(Path draft) throws IOException {
        try {
            if (overwrite) {
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(draft, path);
            }
        } catch (FileAlreadyExistsException e) {
            // Somebody has made it meanwhile.
            throw exists();
        }
    }

    private UsageException exists() {
        return new UsageException(option + " " + given + " is there already: name another file, or add --overwrite");
    }
}
