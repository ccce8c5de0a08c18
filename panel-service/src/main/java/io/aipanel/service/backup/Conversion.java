package io.aipanel.service.backup;

import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.backup.CopyWriter;
import io.aipanel.ports.backup.PortableTable;
import io.aipanel.ports.backup.RowDigests;
import io.aipanel.ports.backup.RowDigests.TableDigest;
import io.aipanel.ports.backup.Snapshot;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes copies of one engine into copies of another, row by row, and compares what came of it with what was there: each table by
 * its digest, the audit log by the root of its tree. Neither needs a server. See ADR 16.
 *
 * @param from the engine that the copies are of
 * @param to the engine that they are wanted for
 */
record Conversion(StorageProvider from, StorageProvider to) {

    /** So many rows are read between two reports. */
    private static final int STEP = 10_000;

    /**
     * Converts copies.
     *
     * @param manifest what they hold
     * @param source where they are; they may be changed
     * @param target where to; there, and empty
     * @throws BackupFailed if what came of it is not the same
     * @throws io.aipanel.ports.storage.StoreException if they cannot be read, or the others not written
     */
    void run(Manifest manifest, Path source, Path target, CreateProgress progress) throws IOException {
        RowDigests before = new RowDigests();
        Counter converted = new Counter("converting", manifest, progress);
        try (CopyWriter writer = to.writeCopies(target, manifest.at())) {
            from.readCopies(source, (table, row) -> {
                before.take(table, row);
                writer.take(table, row);
                converted.count();
            });
            writer.finish();
        }
        requireWhole(manifest, target);
        RowDigests after = new RowDigests();
        Counter compared = new Counter("comparing", manifest, progress);
        to.readCopies(target, (table, row) -> {
            after.take(table, row);
            compared.count();
        });
        requireSame(before.tables(), after.tables());
    }

    /** Also that the rows refer to each other as they must, which the engine that has read them may see otherwise. */
    private void requireWhole(Manifest manifest, Path target) throws IOException {
        List<String> problems = new ArrayList<>();
        for (StoreName store : StoreName.values()) {
            CopyReport report = to.examine(store, copy(target, store));
            problems.addAll(report.problems());
            report.tree()
                    .filter(tree -> tree.size() != manifest.audit().size()
                            || !tree.root().equals(manifest.audit().root()))
                    .ifPresent(tree -> problems.add("the audit log has " + tree.size() + " events and the root "
                            + tree.root() + ", the backup's " + manifest.audit().size() + " and "
                            + manifest.audit().root()));
        }
        refuse(problems);
    }

    private void requireSame(Map<PortableTable, TableDigest> before, Map<PortableTable, TableDigest> after) {
        List<String> problems = new ArrayList<>();
        before.forEach((table, digest) -> {
            TableDigest there = after.get(table);
            if (!digest.equals(there)) {
                problems.add("the table " + table + " has " + digest.rows() + " rows with the digest " + digest.digest()
                        + " on " + from.scheme() + ", and "
                        + (there == null ? "none" : there.rows() + " with " + there.digest()) + " on " + to.scheme());
            }
        });
        refuse(problems);
    }

    private void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new BackupFailed(
                    "what was made for " + to.scheme() + " is not what there was on " + from.scheme() + ": "
                            + String.join("; ", problems)
                            + ": restore the backup on " + from.scheme(),
                    null);
        }
    }

    /** As {@link Snapshot#fileName} has it; nothing else there is called like that. */
    private static Path copy(Path directory, StoreName store) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> copy = files.filter(
                            file -> file.getFileName().toString().startsWith(store.wireName() + "."))
                    .findFirst();
            return copy.orElseThrow(() -> new IOException(directory + " has no copy of the store " + store.wireName()));
        }
    }

    /** Tells of rows as if each took as many bytes as any other. */
    private static final class Counter {

        private final String what;
        private final long bytes;
        private final long rows;
        private final CreateProgress progress;
        private long done;

        private Counter(String what, Manifest manifest, CreateProgress progress) {
            this.what = what;
            this.bytes = manifest.bytes();
            this.rows = manifest.stores().stream()
                    .flatMap(store -> store.rows().values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
            this.progress = progress;
        }

        private void count() {
            if (done++ % STEP == 0) {
                progress.told(what, (long) (bytes * Math.min(1.0, done / Math.max(1.0, rows))), bytes);
            }
        }
    }
}
