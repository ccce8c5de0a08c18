package io.aipanel.service.backup;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares an archive with its manifest: lengths, digests, what the engine says of each copy, and the audit log's tree. */
final class ArchiveCheck {

    private final Archive archive;
    private final List<String> problems = new ArrayList<>();

    private ArchiveCheck(Archive archive) {
        this.archive = archive;
    }

    /**
     * What is wrong with an archive, in words; empty if nothing is.
     *
     * @param provider the engine that is to be asked
     */
    static List<String> problems(Archive archive, StorageProvider provider, CreateProgress progress) {
        ArchiveCheck check = new ArchiveCheck(archive);
        try {
            check.run(archive.manifest(), provider, progress);
        } catch (InvalidValueException e) {
            check.problems.add(String.valueOf(e.getMessage()));
        }
        return check.problems;
    }

    private void run(Manifest manifest, StorageProvider provider, CreateProgress progress) {
        if (!manifest.engine().equals(provider.scheme())) {
            problems.add("it was made of " + manifest.engine() + ", and can be checked only by a panel on that");
            return;
        }
        for (StoreName name : StoreName.values()) {
            Optional<ArchivedStore> store = manifest.store(name);
            if (store.isEmpty()) {
                problems.add("the manifest has no copy of the store " + name.wireName());
            } else if (isAsWritten(store.get(), progress)) {
                compare(manifest, store.get(), provider.examine(name, archive.file(store.get())));
            }
        }
    }

    private boolean isAsWritten(ArchivedStore store, CreateProgress progress) {
        Path file = archive.file(store);
        try {
            long bytes = Files.size(file);
            if (bytes != store.bytes()) {
                problems.add(store.file() + " has " + bytes + " bytes; when it was made it had " + store.bytes());
                return false;
            }
            progress.told("checking " + store.file(), 0, bytes);
            if (!Digests.of(file).equals(store.sha256())) {
                problems.add(store.file() + " was changed after it was made: its SHA-256 is another");
                return false;
            }
            return true;
        } catch (NoSuchFileException e) {
            problems.add(store.file() + " is not there");
        } catch (IOException e) {
            problems.add(store.file() + " cannot be read (" + e + ")");
        }
        return false;
    }

    private void compare(Manifest manifest, ArchivedStore store, CopyReport report) {
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
