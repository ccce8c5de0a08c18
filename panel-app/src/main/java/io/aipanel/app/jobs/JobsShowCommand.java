package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.service.NotFound;
import io.aipanel.service.jobs.JobDetail;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show everything about a job: how its attempts failed and what they wrote, too.")
final class JobsShowCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "The job's number")
    private String id = "";

    JobsShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JobId jobId = JobId.parse(id);
        return invocation.answerWithPanel(panel -> {
            JobDetail detail =
                    panel.jobs().detail(invocation.actor(), jobId).orElseThrow(() -> new NotFound("job " + jobId));
            return new Answer(JobDetailView.json(detail), () -> JobDetailView.lines(detail, invocation.now()));
        });
    }
}
