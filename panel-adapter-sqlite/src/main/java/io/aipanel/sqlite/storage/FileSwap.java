package io.aipanel.sqlite.storage;

import io.aipanel.ports.storage.StoreMisconfigured;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces files of a storage by others in one step that survives being killed. What is to be replaced by what is written to
 * a journal; once that is on the disk it is decided, and whoever comes next does what is left. Before that it is undone by
 * removing the new files. Only for whoever has {@link OpenLock#alone}: nobody has any of the files open.
 */
public final class FileSwap {

    private static final String JOURNAL = "restoring";
    private static final String STAGING = ".restoring-";
    private static final String ASIDE = "before-";
    private static final Pattern ASIDE_NAME = Pattern.compile("before-\\d{8}T\\d{6}Z(-\\d+)?");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** What belongs to a file, in the order in which it is put aside. */
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");

    private final StorageDirectory directory;
    private final Path staging;

    private FileSwap(StorageDirectory directory, Path staging) {
        this.directory = directory;
        this.staging = staging;
    }

    /** Begins with an empty directory for the new files. What another swap has left there is removed. */
    public static FileSwap begin(StorageDirectory directory) {
        try {
            removeLeftovers(directory);
            FileSwap swap = new FileSwap(directory, directory.path().resolve(STAGING + UUID.randomUUID()));
            StorageDirectory.makeForOwner(swap.staging);
            return swap;
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** Whether a swap was decided that is not done. */
    static boolean isUnderWay(StorageDirectory directory) {
        return Files.exists(directory.path().resolve(JOURNAL));
    }

    /** Does what is left of a swap that was decided; nothing if there is none. */
    static void finish(StorageDirectory directory) {
        Path journal = directory.path().resolve(JOURNAL);
        if (!Files.exists(journal)) {
            return;
        }
        try {
            List<String> names = Files.readAllLines(journal);
            Path staging = directory.path().resolve(names.get(0));
            Path aside = directory.path().resolve(names.get(1));
            for (StoreName name : StoreName.values()) {
                StoreFile file = StoreFile.in(directory.path(), name);
                replace(file.path(), staging.resolve(file.path().getFileName()), aside);
            }
            sync(aside);
            sync(directory.path());
            Files.delete(journal);
            sync(directory.path());
            remove(staging);
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** The present file may be half aside already; the new one is what it waits for. */
    private static void replace(Path present, Path fresh, Path aside) throws IOException {
        if (!Files.exists(fresh)) {
            return;
        }
        for (String suffix : SUFFIXES) {
            Path part = present.resolveSibling(present.getFileName() + suffix);
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(part, aside.resolve(part.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Files.move(fresh, present, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the new files are to be brought, under the names of those that they replace. */
    public Path staging() {
        return staging;
    }

    /**
     * Replaces the files for which there are new ones. Those must be on the disk.
     *
     * @param at names the directory where the present ones go
     * @return that directory; empty, and the directory gone, if there were none
     */
    public Optional<Path> run(Instant at) {
        try {
            Path aside = asideFor(at);
            StorageDirectory.makeForOwner(aside);
            sync(staging);
            writeJournal(staging.getFileName() + "\n" + aside.getFileName() + "\n");
            finish(directory);
            if (isEmpty(aside)) {
                Files.delete(aside);
                return Optional.empty();
            }
            return Optional.of(aside);
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** Removes the new files, unless it was decided that they replace the present ones. */
    public void end() {
        if (isUnderWay(directory)) {
            return;
        }
        try {
            remove(staging);
        } catch (IOException e) {
            // Whoever begins the next swap removes it.
        }
    }

    /** Where earlier swaps have put what they have replaced, the oldest first. */
    public static List<Path> aside(StorageDirectory directory) {
        try (Stream<Path> entries = Files.list(directory.path())) {
            return entries.filter(entry ->
                            ASIDE_NAME.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** Removes for good what a swap has put aside. */
    public static void discard(StorageDirectory directory, Path aside) {
        try {
            remove(aside);
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private Path asideFor(Instant at) {
        String name = ASIDE + NAME.format(at);
        Path path = directory.path().resolve(name);
        for (int number = 2; Files.exists(path, LinkOption.NOFOLLOW_LINKS); number++) {
            path = directory.path().resolve(name + "-" + number);
        }
        return path;
    }

    private void writeJournal(String text) throws IOException {
        Path fresh = staging.resolve(JOURNAL);
        StorageDirectory.makeFile(fresh);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, directory.path().resolve(JOURNAL), StandardCopyOption.ATOMIC_MOVE);
        sync(directory.path());
    }

    private static void removeLeftovers(StorageDirectory directory) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(directory.path())) {
            left = entries.filter(entry -> entry.getFileName().toString().startsWith(STAGING))
                    .toList();
        }
        for (Path each : left) {
            remove(each);
        }
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static StoreMisconfigured failure(StorageDirectory directory, IOException e) {
        String state = isUnderWay(directory)
                ? "a restore to " + directory.path() + " is decided and not complete"
                : "files in " + directory.path() + " cannot be replaced";
        return new StoreMisconfigured(
                state + " (" + e + "): see that the user that runs the panel may write there, and try again", e);
    }
}
