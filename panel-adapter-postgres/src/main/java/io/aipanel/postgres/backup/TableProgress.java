package io.aipanel.postgres.backup;

import io.aipanel.ports.backup.CopyProgress;
import java.util.List;

/**
 * How far a copy is. What there is to do is known in bytes on the server's disk, what is done in bytes of text: a table counts
 * for what it takes on the disk, and is done when its rows are.
 */
final class TableProgress {

    private final CopyProgress progress;
    private final long all;
    private long before;
    private long current;
    private long from;

    TableProgress(List<StoredTable> tables, CopyProgress progress) {
        this.progress = progress;
        this.all = Math.max(1, tables.stream().mapToLong(StoredTable::bytes).sum());
    }

    /** @param size how large the file is before this table */
    void begun(StoredTable table, long size) {
        before += current;
        current = table.bytes();
        from = size;
    }

    /** @param size how large the file is now */
    void written(long size) {
        progress.copied(before + Math.min(Math.max(0, size - from), current), all);
    }

    /** Nothing is left to do. */
    void finished() {
        progress.copied(all, all);
    }
}
