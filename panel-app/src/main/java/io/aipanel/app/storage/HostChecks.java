package io.aipanel.app.storage;

import io.aipanel.app.cli.Text;
import io.aipanel.ports.storage.StorageReport;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at what surrounds the storage: the files as the file system sees them, the room that is left, the clock. */
final class HostChecks {

    /** With less, an ordinary day may fill the disk. */
    static final long LEAST_FREE_BYTES = 256L << 20;

    /** Clocks that are kept in time differ by less. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /** Before this nobody can have had this program. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private HostChecks() {}

    /** The files of a storage that keeps them here; empty for a database server. */
    static List<Path> files(StorageReport report) {
        return report.stores().stream()
                .map(StoreReport::location)
                .filter(location -> location.startsWith("/"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** That only the owner can reach the files, what SQLite keeps beside them, and their directory. */
    static Optional<String> permissions(List<Path> files) {
        Set<Path> all = new LinkedHashSet<>();
        for (Path file : files) {
            all.add(file.toAbsolutePath().getParent());
            Path real = real(file);
            all.add(real);
            all.add(Path.of(real + "-wal"));
            all.add(Path.of(real + "-shm"));
        }
        for (Path path : all) {
            try {
                PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
                if (view == null || !Files.exists(path)) {
                    continue;
                }
                Set<PosixFilePermission> permissions = view.readAttributes().permissions();
                if (!OWNER_ONLY.containsAll(permissions)) {
                    return Optional.of(path + " is open to others (" + PosixFilePermissions.toString(permissions)
                            + "): chmod go= " + path);
                }
            } catch (IOException e) {
                return Optional.of(path + " cannot be looked at: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Where a file really is, and with it what SQLite keeps beside it: a disk of its own is reached by a symbolic link. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException gone) {
            return file;
        }
    }

    /** That there is room left beside each file: they may be on file systems of their own. */
    static Optional<String> freeSpace(List<Path> files, long leastBytes) {
        return files.stream()
                .flatMap(file -> freeSpace(file, leastBytes).stream())
                .findFirst();
    }

    private static Optional<String> freeSpace(Path file, long leastBytes) {
        try {
            FileStore store = Files.getFileStore(file);
            long free = store.getUsableSpace();
            return free >= leastBytes
                    ? Optional.empty()
                    : Optional.of("only " + Text.size(free) + " are free on " + store + ", where " + file.getFileName()
                            + " is: make room, at least "
                            + Text.size(leastBytes));
        } catch (IOException e) {
            return Optional.of("the file system of " + file + " cannot be asked: " + e.getMessage());
        }
    }

    /** That the clock does not go back behind what has been recorded, or behind this program. */
    static Optional<String> clock(Instant now, Optional<Instant> newestEvent) {
        if (now.isBefore(EARLIEST)) {
            return Optional.of("it says " + now + ", which is long ago: set the clock, and keep it in time (NTP)");
        }
        return newestEvent
                .filter(newest -> newest.isAfter(now.plus(MOST_SKEW)))
                .map(newest -> "it says " + now + ", but the newest event was recorded at " + newest
                        + ": keep the clock in time (NTP)");
    }
}
