package io.aipanel.app.jobs;

import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Paging;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List jobs, the newest first.")
final class JobsListCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--queue", paramLabel = "NAME", description = "Only jobs of this queue")
    private Optional<String> queue = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only jobs in this state: pending, running, completed, dead-letter or cancelled")
    private Optional<String> state = Optional.empty();

    @Mixin
    private Paging paging = new Paging();

    JobsListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JobFilter filter = new JobFilter(
                queue.map(QueueName::new),
                type.map(JobType::new),
                state.map(word -> Choice.of("--state", word, List.of(JobState.values()), JobState::wireName)));
        PageRequest request = paging.request();
        return invocation.answerWithPanel(panel -> Paging.answer(
                panel.jobs().list(invocation.actor(), filter, request),
                JobView::json,
                jobs -> JobView.table(jobs, invocation.now()),
                "There are no such jobs."));
    }
}
