package io.aipanel.app.jobs;

import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Paging;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.JobFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List jobs, the newest first.")
final class JobsListCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private JobFilterOptions options = new JobFilterOptions();

    @Mixin
    private Paging paging = new Paging();

    JobsListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JobFilter filter = options.filter();
        PageRequest request = paging.request();
        return invocation.answerWithPanel(panel -> Paging.answer(
                panel.jobs().list(invocation.actor(), filter, request),
                JobView::json,
                jobs -> JobView.table(jobs, invocation.now()),
                "There are no such jobs."));
    }
}
