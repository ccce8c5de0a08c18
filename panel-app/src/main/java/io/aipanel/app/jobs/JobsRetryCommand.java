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
        name = "retry",
        description = {
            "Have dead letters or cancelled jobs tried again, at once.",
            "With a filter or --all it is about dead letters, with --state cancelled about cancelled jobs; it asks first, or"
                    + " needs --yes where there is no terminal."
        })
final class JobsRetryCommand implements Callable<Integer>, JobSelection.Action {

    private final Invocation invocation;

    @Mixin
    private JobSelection selection = new JobSelection();

    JobsRetryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return selection.act(invocation, this);
    }

    @Override
    public Job to(Panel panel, JobId id) {
        return panel.jobs().retry(invocation.actor(), id);
    }

    @Override
    public BulkResult toAll(Panel panel, JobFilter filter) {
        return panel.jobs().retryAll(invocation.actor(), filter);
    }

    @Override
    public List<JobState> states(JobFilter filter) {
        return Stream.of(filter.state().orElse(JobState.DEAD_LETTER))
                .filter(state -> state == JobState.DEAD_LETTER || state == JobState.CANCELLED)
                .toList();
    }

    @Override
    public String done(Job job) {
        return done();
    }

    @Override
    public String done() {
        return "tried again";
    }

    @Override
    public String question() {
        return "Try again";
    }
}
