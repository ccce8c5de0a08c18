package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.JobReport;
import io.aipanel.sqlite.storage.StoreConnection;
import java.util.List;

/** Keeps what running attempts tell. */
final class JobReports {

    private JobReports() {}

    static void keep(StoreConnection queue, List<JobReport> reports) {
        Leases leases = new Leases(queue, reports.stream().map(JobReport::lease).toList());
        List<JobReport> latest = reports.stream()
                .filter(report -> leases.job(report.lease()).isPresent())
                .toList();
        List<JobReport> progressing =
                latest.stream().filter(report -> report.progress().isPresent()).toList();
        queue.changeEach(
                "UPDATE jobs SET progress_percent = ?, progress_text = ? WHERE id = ?",
                progressing,
                (statement, report) -> {
                    statement.setInt(1, report.progress().orElseThrow().percent());
                    statement.setString(2, report.progress().orElseThrow().text());
                    statement.setLong(3, report.lease().jobId().value());
                });
        latest.forEach(report -> JobLogRows.add(queue, report.lease().jobId().value(), report.lines()));
    }
}
