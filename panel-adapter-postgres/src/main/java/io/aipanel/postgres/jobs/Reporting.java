package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobLog;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.LogLine;
import io.aipanel.domain.jobs.Progress;
import io.aipanel.postgres.storage.Database;
import io.aipanel.postgres.storage.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What running attempts tell: progress, and the log of their job. */
final class Reporting {

    private final Database database;

    Reporting(Database database) {
        this.database = database;
    }

    void report(List<JobReport> reports) {
        // By id, as others lock the rows.
        List<JobReport> sorted = reports.stream()
                .sorted(Comparator.comparing(report -> report.lease().jobId()))
                .toList();
        database.change(handle -> {
            Map<Long, Long> logged = note(handle, sorted);
            List<Line> lines = new ArrayList<>();
            for (JobReport report : sorted) {
                Long all = logged.get(report.lease().jobId().value());
                if (all != null) {
                    addLines(report, all, lines);
                }
            }
            write(handle, lines);
            forget(handle, logged);
            return logged;
        });
    }

    JobLog log(JobId job) {
        return database.read(handle -> {
            List<Line> lines = handle.createQuery(
                            "SELECT seq, at, text FROM queue.job_log WHERE job = :job ORDER BY seq")
                    .bind("job", job.value())
                    .map((row, context) -> new Line(
                            job.value(), row.getLong("seq"), new LogLine(Rows.time(row, "at"), row.getString("text"))))
                    .list();
            long dropped = lines.isEmpty() ? 0 : lines.get(0).seq() - 1;
            return new JobLog(lines.stream().map(Line::line).toList(), dropped);
        });
    }

    /** Answers how many lines the logs of the jobs whose leases are the latest will have had. */
    private static Map<Long, Long> note(Handle handle, List<JobReport> reports) {
        Map<Long, Long> logged = new HashMap<>();
        handle.createQuery("""
                        WITH mine AS MATERIALIZED (
                            SELECT jobs.id, report.percent, report.text, report.lines
                            FROM queue.jobs
                            JOIN unnest(:ids, :tokens, :percents, :texts, :lines)
                                AS report (id, token, percent, text, lines)
                              ON report.id = jobs.id AND report.token = jobs.token
                            WHERE lease_until IS NOT NULL
                            ORDER BY jobs.id
                            FOR UPDATE OF jobs
                        )
                        UPDATE queue.jobs
                        SET progress_percent = coalesce(percent, progress_percent),
                            progress_text = coalesce(text, progress_text),
                            log_lines = log_lines + lines
                        FROM mine WHERE jobs.id = mine.id
                        RETURNING jobs.id, log_lines
                        """)
                .bindArray(
                        "ids",
                        Long.class,
                        reports.stream()
                                .map(report -> report.lease().jobId().value())
                                .toArray())
                .bindArray(
                        "tokens",
                        Long.class,
                        reports.stream().map(report -> report.lease().token()).toArray())
                .bindArray(
                        "percents",
                        Integer.class,
                        reports.stream()
                                .map(report ->
                                        report.progress().map(Progress::percent).orElse(null))
                                .toArray())
                .bindArray(
                        "texts",
                        String.class,
                        reports.stream()
                                .map(report ->
                                        report.progress().map(Progress::text).orElse(null))
                                .toArray())
                .bindArray(
                        "lines",
                        Long.class,
                        reports.stream()
                                .map(report -> (long) report.lines().size())
                                .toArray())
                .map((row, context) -> logged.put(row.getLong("id"), row.getLong("log_lines")))
                .list();
        return logged;
    }

    /** Only the last ones: the others would be forgotten at once. */
    private static void addLines(JobReport report, long all, List<Line> lines) {
        int size = report.lines().size();
        for (int i = Math.max(0, size - JobLog.MAX_LINES); i < size; i++) {
            lines.add(new Line(
                    report.lease().jobId().value(),
                    all - size + i + 1,
                    report.lines().get(i)));
        }
    }

    private static void write(Handle handle, List<Line> lines) {
        if (!lines.isEmpty()) {
            handle.createUpdate("""
                            INSERT INTO queue.job_log (job, seq, at, text)
                            SELECT job, seq, at::timestamptz, text
                            FROM unnest(:jobs, :seqs, :times, :texts) AS line (job, seq, at, text)
                            """)
                    .bindArray("jobs", Long.class, lines.stream().map(Line::job).toArray())
                    .bindArray("seqs", Long.class, lines.stream().map(Line::seq).toArray())
                    .bindArray(
                            "times",
                            String.class,
                            lines.stream()
                                    .map(line -> line.line().at().toString())
                                    .toArray())
                    .bindArray(
                            "texts",
                            String.class,
                            lines.stream().map(line -> line.line().text()).toArray())
                    .execute();
        }
    }

    private static void forget(Handle handle, Map<Long, Long> logged) {
        List<Map.Entry<Long, Long>> full = logged.entrySet().stream()
                .filter(log -> log.getValue() > JobLog.MAX_LINES)
                .toList();
        if (!full.isEmpty()) {
            handle.createUpdate("""
                            DELETE FROM queue.job_log
                            USING unnest(:jobs, :upTo) AS log (full_job, up_to)
                            WHERE job = full_job AND seq <= up_to
                            """)
                    .bindArray(
                            "jobs",
                            Long.class,
                            full.stream().map(Map.Entry::getKey).toArray())
                    .bindArray(
                            "upTo",
                            Long.class,
                            full.stream()
                                    .map(log -> log.getValue() - JobLog.MAX_LINES)
                                    .toArray())
                    .execute();
        }
    }

    /** A line, and its place in the log of its job, from 1. */
    private record Line(long job, long seq, LogLine line) {}
}
