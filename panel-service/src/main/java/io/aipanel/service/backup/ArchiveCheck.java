package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares an archive with its manifest: lengths, digests, what the engine says of each copy, and the audit log's tree. */
final class ArchiveCheck {

    private final Manifest manifest;
    private final Unpacker unpacker;
    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    private ArchiveCheck(Archive archive, Manifest manifest) {
        this.manifest = manifest;
        this.unpacker = archive.unpacker(manifest);
        this.directory = archive.directory();
    }

    /**
     * What is wrong with an archive, in words; empty if nothing is. Without the right key all is compared that needs none.
     *
     * @param provider the engine that has made it
     * @param target where copies are brought back to and examined; there, and empty. Empty to examine them where they are,
     *     which needs an archive that has them as they were made
     */
    static List<String> problems(
            Archive archive, StorageProvider provider, Optional<Path> target, CreateProgress progress)
            throws IOException {
        Manifest manifest;
        try {
            manifest = archive.manifest();
        } catch (InvalidValueException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        ArchiveCheck check = new ArchiveCheck(archive, manifest);
        try {
            check.run(provider, target, progress);
        } catch (BackupFailed e) {
            check.problems.add(String.valueOf(e.getMessage()));
        }
        return check.problems;
    }

    private void run(StorageProvider provider, Optional<Path> target, CreateProgress progress) throws IOException {
        if (!manifest.engine().equals(provider.scheme())) {
            problems.add(Engines.missing(manifest.engine()));
            return;
        }
        List<ArchivedStore> asStored = new ArrayList<>();
        for (StoreName name : StoreName.values()) {
            Optional<ArchivedStore> store = manifest.store(name);
            if (store.isEmpty()) {
                problems.add("the manifest has no copy of the store " + name.wireName());
                continue;
            }
            Optional<String> objection = unpacker.objection(store.get(), progress);
            objection.ifPresentOrElse(problems::add, () -> asStored.add(store.get()));
        }
        unpacker.open();
        for (ArchivedStore store : asStored) {
            examine(store, provider, target, progress);
        }
    }

    private void examine(ArchivedStore store, StorageProvider provider, Optional<Path> target, CreateProgress progress)
            throws IOException {
        Path copy = directory.resolve(store.file());
        if (target.isPresent()) {
            copy = target.get().resolve(store.file());
            try {
                unpacker.unpack(store, copy, progress);
            } catch (BackupFailed e) {
                problems.add(String.valueOf(e.getMessage()));
                return;
            }
        }
        progress.told("examining " + store.file(), 0, store.bytes());
        compare(store, provider.examine(store.store(), copy));
    }

    private void compare(ArchivedStore store, CopyReport report) {
        problems.addAll(report.problems());
        if (!report.problems().isEmpty()) {
            return;
        }
        if (!report.schemaVersion().equals(store.schemaVersion())) {
            problems.add(store.file() + " has the schema " + report.schemaVersion() + ", the manifest says "
                    + store.schemaVersion());
        }
        if (report.pages() != store.pages()) {
            problems.add(store.file() + " has " + report.pages() + " pages, the manifest says " + store.pages());
        }
        if (!report.rows().equals(store.rows())) {
            problems.add("the tables of " + store.file() + " do not have as many rows as the manifest says");
        }
        report.tree().ifPresent(tree -> compare(manifest.audit(), tree));
    }

    private void compare(ArchivedLog log, LogTree tree) {
        if (tree.size() != log.size() || !tree.root().equals(log.root())) {
            problems.add("the audit log has " + tree.size() + " events and the root " + tree.root()
                    + ", the manifest says " + log.size() + " and " + log.root());
        }
        log.checkpoint().map(signed -> signed.checkpoint()).ifPresent(checkpoint -> {
            boolean same = checkpoint.size() == tree.size();
            if (checkpoint.size() > tree.size() || same && !checkpoint.root().equals(tree.root())) {
                problems.add("the audit log is not the one that was signed: the checkpoint is over " + checkpoint.size()
                        + " events with the root " + checkpoint.root());
            }
        });
    }
}
