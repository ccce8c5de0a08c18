package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.Rows;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.ArrayList;
import java.util.List;

/** The lines that jobs write. They are numbered from 1, so that the first one that is kept tells how many are not. */
final class JobLogRows {

    private JobLogRows() {}

    static void add(StoreConnection queue, long job, List<LogLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        long last = last(queue, job) + lines.size();
        List<LogLine> kept = lines.subList(Math.max(0, lines.size() - JobLog.MAX_LINES), lines.size());
        long[] seq = {last - kept.size()};
        queue.changeEach("INSERT INTO job_log (job, seq, at, text) VALUES (?, ?, ?, ?)", kept, (statement, line) -> {
            statement.setLong(1, job);
            statement.setLong(2, ++seq[0]);
            statement.setLong(3, Columns.of(line.at()));
            statement.setString(4, line.text());
        });
        queue.change("DELETE FROM job_log WHERE job = ? AND seq <= ?", statement -> {
            statement.setLong(1, job);
            statement.setLong(2, last - JobLog.MAX_LINES);
        });
    }

    static JobLog of(StoreConnection queue, JobId id) {
        List<LogLine> lines = new ArrayList<>();
        long first = 1;
        try (Rows row = queue.rows(
                "SELECT seq, at, text FROM job_log WHERE job = ? ORDER BY seq",
                statement -> statement.setLong(1, id.value()))) {
            while (row.next()) {
                long seq = row.number();
                first = lines.isEmpty() ? seq : first;
                lines.add(new LogLine(row.time(), row.text()));
            }
        }
        return new JobLog(lines, first - 1);
    }

    private static long last(StoreConnection queue, long job) {
        try (Rows row = queue.rows(
                "SELECT coalesce(max(seq), 0) FROM job_log WHERE job = ?", statement -> statement.setLong(1, job))) {
            row.next();
            return row.number();
        }
    }
}
