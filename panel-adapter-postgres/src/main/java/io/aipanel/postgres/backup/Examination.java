package io.aipanel.postgres.backup;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.ports.backup.CopyReport;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.postgres.backup.CopyFormat.TableLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at a copy, without a server: whether its lines are those of a copy, each row has a value for each column, and the
 * checksum is right. As the checksum is over every byte, a copy with nothing wrong is as it was written.
 */
public final class Examination {

    private static final String TREE = "tree";

    private final StoreName store;
    private final CopyLines lines;
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private Optional<LogTree> tree = Optional.empty();
    private int tables;
    private long allRows;

    private Examination(StoreName store, CopyLines lines) {
        this.store = store;
        this.lines = lines;
    }

    /**
     * Looks at a copy.
     *
     * @param store which store it must be a copy of
     * @param file where it is
     */
    public static CopyReport of(StoreName store, Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return CopyReport.unreadable(file + " is not there");
        }
        if (!Files.isRegularFile(file)) {
            return CopyReport.unreadable(file + " is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new Examination(store, new CopyLines(in)).run();
        } catch (BrokenCopy e) {
            return CopyReport.unreadable(file + " " + e.what());
        } catch (IOException e) {
            return CopyReport.unreadable(
                    file + " cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
        }
    }

    private CopyReport run() throws IOException, BrokenCopy {
        String version = header();
        line();
        while (true) {
            Optional<TableLine> table = CopyFormat.table(lines.text());
            if (table.isEmpty()) {
                break;
            }
            rows(table.get());
            line();
        }
        while (lines.text().startsWith(CopyFormat.SEQUENCE)) {
            line();
        }
        end();
        if (store == StoreName.AUDIT && tree.isEmpty()) {
            throw new BrokenCopy("says nothing of the tree over the audit log");
        }
        return new CopyReport(version, 0, rows, tree, List.of());
    }

    /** Answers the version of the schema. */
    private String header() throws IOException, BrokenCopy {
        if (!lines.next()) {
            throw new BrokenCopy("is empty");
        }
        Optional<Integer> format = CopyFormat.format(lines.text());
        if (format.isEmpty()) {
            throw new BrokenCopy(
                    "is not a copy that the panel has made of a store on PostgreSQL, or its beginning is damaged");
        }
        if (format.get() != CopyFormat.FORMAT) {
            throw new BrokenCopy(
                    "has the format " + format.get() + ", which this program does not know: use a newer one");
        }
        String name = value(CopyFormat.STORE);
        if (!name.equals(store.wireName())) {
            throw new BrokenCopy("is a copy of the store " + name + ", not of " + store.wireName());
        }
        String version = value(CopyFormat.SCHEMA);
        value(CopyFormat.AT);
        value(CopyFormat.SERVER);
        line();
        if (!lines.is(CopyFormat.ENCODING)) {
            throw unexpected();
        }
        return version;
    }

    private String value(String key) throws IOException, BrokenCopy {
        line();
        String line = lines.text();
        if (!line.startsWith(key)) {
            throw unexpected();
        }
        return line.substring(key.length());
    }

    private void rows(TableLine table) throws IOException, BrokenCopy {
        if (!table.schema().equals(store.wireName()) || rows.containsKey(table.table())) {
            throw unexpected();
        }
        int columns = table.columns().size();
        boolean isTree = store == StoreName.AUDIT && table.table().equals(TREE);
        long count = 0;
        for (line(); !lines.is(CopyFormat.END_OF_ROWS); line()) {
            if (lines.values() != columns) {
                throw new BrokenCopy("has " + lines.values() + " values in row " + (count + 1) + " of " + table.table()
                        + ", which has " + columns + " columns");
            }
            if (isTree) {
                tree = Optional.of(CopiedTree.of(table.columns(), lines.row()));
            }
            count++;
        }
        if (isTree && count != 1) {
            throw new BrokenCopy("has " + count + " rows in the table of the tree over the audit log, which has one");
        }
        tables++;
        allRows += count;
        if (StoredTable.isCounted(table.table())) {
            rows.put(table.table(), count);
        }
    }

    private void end() throws IOException, BrokenCopy {
        if (!lines.text().startsWith(CopyFormat.END)) {
            throw unexpected();
        }
        if (!lines.is(CopyFormat.end(tables, allRows, lines.checksumBefore()))) {
            throw new BrokenCopy("was changed since it was written: it has " + tables + " tables, " + allRows
                    + " rows and the checksum %08x, but its last line says '".formatted(lines.checksumBefore())
                    + lines.text() + "'");
        }
        if (lines.next()) {
            throw new BrokenCopy("goes on after its end");
        }
    }

    private void line() throws IOException, BrokenCopy {
        if (!lines.next()) {
            throw new BrokenCopy("ends too early: its last line is missing");
        }
    }

    private static BrokenCopy unexpected() {
        return new BrokenCopy("is damaged: it has a line where a copy has another one");
    }
}
