package io.aipanel.service.backup;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageOptions;
import io.aipanel.ports.storage.StorageProvider;
import io.aipanel.ports.storage.StorageReport.StoreReport;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.LogCheck;
import io.aipanel.service.audit.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries an archive out: its copies, brought back, are opened as a storage as the panel would, and read. */
final class TrialRestore {

    private static final int USERS_AT_ONCE = 200;

    private final StorageProvider provider;
    private final StorageOptions options;

    TrialRestore(StorageProvider provider, StorageOptions options) {
        this.provider = provider;
        this.options = options;
    }

    /**
     * What does not work with an archive that is as it was made, in words; empty if everything does.
     *
     * @param manifest what it holds
     * @param copies the directory with the copies that it holds, as this engine wants them; they are changed
     */
    List<String> problems(Manifest manifest, Path copies, CreateProgress progress) {
        progress.told("trying out", 0, manifest.bytes());
        try (Storage storage = provider.openCopies(copies, options)) {
            List<String> problems = new ArrayList<>();
            if (manifest.engine().equals(provider.scheme())) {
                // Another engine has other tables, too; those that both have were compared row by row.
                compareRows(manifest, storage, problems);
            }
            readUsers(manifest, storage, problems);
            checkLog(manifest, storage, problems);
            return problems;
        } catch (StoreException e) {
            return List.of("it cannot be opened: " + e.getMessage());
        }
    }

    private static void compareRows(Manifest manifest, Storage storage, List<String> problems) {
        for (StoreReport report : storage.report().stores()) {
            manifest.store(report.store())
                    // A schema that was brought up to date may have other tables.
                    .filter(store -> store.schemaVersion().equals(report.schemaVersion()))
                    .filter(store -> !counted(store.rows(), report).equals(counted(report.rows(), report)))
                    .ifPresent(store -> problems.add(
                            "opened, " + store.file() + " does not have as many rows as the manifest says"));
        }
    }

    /** Large tables may not be counted; that all rows are there is what made the copies open. */
    private static Map<String, Long> counted(Map<String, Long> rows, StoreReport report) {
        Map<String, Long> counted = new HashMap<>(rows);
        for (String table : report.properties().getOrDefault("estimated", "").split(", ")) {
            counted.remove(table);
        }
        return counted;
    }

    private static void readUsers(Manifest manifest, Storage storage, List<String> problems) {
        long read = 0;
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page<User> page = storage.iam().users(new PageRequest(USERS_AT_ONCE, cursor));
            read += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent());
        long expected = manifest.stores().stream()
                .mapToLong(store -> store.rows().getOrDefault("users", 0L))
                .sum();
        if (read != expected) {
            problems.add("of " + expected + " users only " + read + " can be read, and could log in");
        }
    }

    private static void checkLog(Manifest manifest, Storage storage, List<String> problems) {
        Evidence evidence = new Evidence(manifest.audit().checkpoint().stream().toList(), List.of());
        Verification found = LogCheck.of(storage, evidence);
        if (found.status() == Verification.Status.BROKEN) {
            problems.add("the audit log is broken: " + found.message());
        }
    }
}
