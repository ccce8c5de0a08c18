package io.aipanel.sqlite.capacity;

import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.ports.capacity.StorageMeasures;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.Store;
import java.util.List;

/** What the files say about themselves. */
public final class SqliteMeasures implements StorageMeasures {

    private final Store audit;
    private final Store queue;

    /**
     * @param audit the audit log
     * @param queue the jobs
     */
    public SqliteMeasures(Store audit, Store queue) {
        this.audit = audit;
        this.queue = queue;
    }

    @Override
    public boolean limitsApply() {
        return true;
    }

    @Override
    public long auditBytes() {
        audit.requireOpen();
        return audit.file().bytes() + audit.file().walBytes();
    }

    @Override
    public long endedJobs() {
        return queue.read(connection -> {
            try (Rows rows = connection.rows("SELECT coalesce(sum(ended), 0) FROM tallies", statement -> {})) {
                rows.next();
                return rows.number();
            }
        });
    }

    @Override
    public List<EngineFigure> engineFigures() {
        audit.requireOpen();
        return List.of();
    }
}
