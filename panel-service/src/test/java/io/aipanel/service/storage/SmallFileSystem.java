package io.aipanel.service.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes that is soon full, below a directory of the test's. Needs the right to mount. */
public final class SmallFileSystem implements AutoCloseable {

    private static final int PAGE_BYTES = 4_096;

    private final Path root;

    private SmallFileSystem(Path root) {
        this.root = root;
    }

    /** Without the right to mount, tests are left out, but never where {@code TEST_TOOLS_REQUIRED} is set. */
    public static boolean isWanted() {
        return System.getenv("TEST_TOOLS_REQUIRED") != null || canMount();
    }

    /** Mounts one of 8 MiB. */
    public static SmallFileSystem mount(Path directory) {
        try {
            Files.createDirectories(directory);
            if (!run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory.toString())) {
                throw new IllegalStateException("no file system can be mounted here: run as root, with the right to");
            }
            return new SmallFileSystem(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    /** Leaves no room for anything. */
    public void fill() {
        try (FileChannel channel = FileChannel.open(
                filling(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (true) {
                channel.write(ByteBuffer.allocate(PAGE_BYTES));
            }
        } catch (IOException full) {
            // That was the aim.
        }
    }

    /** Makes room again. */
    public void empty() {
        try {
            Files.delete(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!run("umount", "--lazy", root.toString())) {
            throw new IllegalStateException(root + " cannot be unmounted");
        }
    }

    private Path filling() {
        return root.resolve("filling");
    }

    private static boolean canMount() {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "mount");
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
            if (mounted) {
                run("umount", directory.toString());
            }
            Files.delete(directory);
            return mounted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command has succeeded; one that is missing has not. */
    static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
