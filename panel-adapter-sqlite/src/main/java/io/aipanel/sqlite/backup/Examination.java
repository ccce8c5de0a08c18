package io.aipanel.sqlite.backup;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.audit.TreeRow;
import io.aipanel.sqlite.storage.IntegrityCheck;
import io.aipanel.sqlite.storage.RowCounts;
import io.aipanel.sqlite.storage.StillFile;
import io.aipanel.sqlite.storage.StoreConnection;
import io.aipanel.sqlite.storage.StoreFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the copy of a file. */
public final class Examination {

    private Examination() {}

    /**
     * Looks at a copy.
     *
     * @param store which store it is a copy of
     * @param path where it is
     */
    public static CopyReport of(StoreName store, Path path) {
        try {
            return StillFile.read(store, path, connection -> report(new StoreFile(store, path, ""), connection));
        } catch (StoreException e) {
            return CopyReport.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static CopyReport report(StoreFile file, StoreConnection connection) {
        List<String> problems = IntegrityCheck.of(file, connection);
        if (!problems.isEmpty()) {
            return new CopyReport("none", 0, Map.of(), Optional.empty(), problems);
        }
        Optional<LogTree> tree =
                file.name() == StoreName.AUDIT ? Optional.of(TreeRow.tree(connection)) : Optional.empty();
        return new CopyReport(
                schemaVersion(connection), pages(connection), RowCounts.of(connection.handle()), tree, List.of());
    }

    private static long pages(StoreConnection connection) {
        return connection
                .handle()
                .createQuery("PRAGMA page_count")
                .mapTo(Long.class)
                .one();
    }

    private static String schemaVersion(StoreConnection connection) {
        return connection
                .handle()
                .createQuery("SELECT id FROM databasechangelog ORDER BY orderexecuted DESC LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .orElse("none");
    }
}
