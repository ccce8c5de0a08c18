package io.aipanel.sqlite.backup;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StoreCorrupt;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.sqlite.audit.TreeRow;
import io.aipanel.sqlite.storage.IntegrityCheck;
import io.aipanel.sqlite.storage.RowCounts;
import io.aipanel.sqlite.storage.StillFile;
import io.aipanel.sqlite.storage.StoreConnection;
import io.aipanel.sqlite.storage.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        StoreFile file = new StoreFile(store, path, "");
        try {
            return StillFile.read(store, path, connection -> report(file, connection));
        } catch (StoreCorrupt e) {
            return CopyReport.unreadable(
                    file + " is damaged, or is not a copy of one of the panel's stores (" + reason(e) + ")");
        } catch (StoreException e) {
            return CopyReport.unreadable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Nobody knows all that damage can make of an answer.
            return CopyReport.unreadable(file + " has answers that no copy gives (" + e + ")");
        }
    }

    /** Without what is to be done about a store that is in use. */
    private static String reason(StoreCorrupt failure) {
        return failure.getCause() == null
                ? "what it says of the size of the audit log and the tree over it cannot be"
                : String.valueOf(failure.getCause().getMessage());
    }

    private static CopyReport report(StoreFile file, StoreConnection connection) {
        List<String> problems = new ArrayList<>(IntegrityCheck.of(file, connection));
        wrongSize(file, connection).ifPresent(problems::add);
        if (problems.isEmpty()) {
            wrongStore(file, connection).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            return new CopyReport("none", 0, Map.of(), Optional.empty(), problems);
        }
        Optional<LogTree> tree =
                file.name() == StoreName.AUDIT ? Optional.of(TreeRow.tree(connection)) : Optional.empty();
        return new CopyReport(
                text(connection, "SELECT id FROM databasechangelog ORDER BY orderexecuted DESC LIMIT 1")
                        .orElse("none"),
                number(connection, "PRAGMA page_count"),
                RowCounts.of(connection.handle()),
                tree,
                List.of());
    }

    /** To SQLite itself what is missing of the last page is zeros. */
    private static Optional<String> wrongSize(StoreFile file, StoreConnection connection) {
        long wanted = number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size");
        try {
            // A copy is in use by nobody, so looking at it by other means drops no lock.
            long size = Files.size(file.path());
            return size == wanted
                    ? Optional.empty()
                    : Optional.of(file + " has " + size + " bytes, but its pages take " + wanted);
        } catch (IOException e) {
            return Optional.of(file + " cannot be read (" + e + ")");
        }
    }

    private static Optional<String> wrongStore(StoreFile file, StoreConnection connection) {
        boolean hasChangeLog = text(
                        connection,
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'DATABASECHANGELOG' COLLATE NOCASE")
                .isPresent();
        Optional<String> madeBy = hasChangeLog
                ? text(connection, "SELECT filename FROM databasechangelog ORDER BY orderexecuted LIMIT 1")
                : Optional.empty();
        if (madeBy.isEmpty()) {
            return Optional.of(file + " is not a copy of one of the panel's stores: nothing is in it that says how its"
                    + " tables were made");
        }
        return madeBy.get().contains("/" + file.name().wireName() + "/")
                ? Optional.empty()
                : Optional.of(file + " is a copy of another store than "
                        + file.name().wireName() + ": its tables were made by " + madeBy.get());
    }

    private static long number(StoreConnection connection, String sql) {
        return connection.handle().createQuery(sql).mapTo(Long.class).one();
    }

    private static Optional<String> text(StoreConnection connection, String sql) {
        return connection.handle().createQuery(sql).mapTo(String.class).findOne();
    }
}
