package io.aipanel.app.jobs;

import io.aipanel.app.cli.Invocation;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.service.Panel;
import io.aipanel.service.jobs.BulkResult;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cancel",
        description = {
            "Cancel jobs: pending ones at once, running ones as soon as their handler has stopped.",
            "With a filter or --all it asks first, or needs --yes where there is no terminal."
        })
final class JobsCancelCommand implements Callable<Integer>, JobSelection.Action {

    private final Invocation invocation;

    @Mixin
    private JobSelection selection = new JobSelection();

    JobsCancelCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return selection.act(invocation, this);
    }

    @Override
    public Job to(Panel panel, JobId id) {
        return panel.jobs().cancel(invocation.actor(), id);
    }

    @Override
    public BulkResult toAll(Panel panel, JobFilter filter) {
        return panel.jobs().cancelAll(invocation.actor(), filter);
    }

    @Override
    public List<JobState> states(JobFilter filter) {
        return Stream.of(JobState.PENDING, JobState.RUNNING)
                .filter(state -> filter.state().map(state::equals).orElse(true))
                .toList();
    }

    @Override
    public String done(Job job) {
        return job.state() == JobState.CANCELLED ? "cancelled" : "to be cancelled: its handler has been told";
    }

    @Override
    public String done() {
        return "cancelled, or will be as soon as its handler has stopped";
    }

    @Override
    public String question() {
        return "Cancel";
    }
}
