package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Times;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.NotFound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "enqueue", description = "Enqueue a job.")
final class JobsEnqueueCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "TYPE", description = "What kind of work it is; decides which handler runs it")
    private String type = "";

    @Option(
            names = "--run-at",
            paramLabel = "TIME",
            description = "Not before this time, such as 2027-01-31T08:00:00Z (default: at once)")
    private Optional<String> runAt = Optional.empty();

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "Not before this long from now, such as 15m (default: at once)")
    private Optional<String> delay = Optional.empty();

    @Mixin
    private JobOptions options = new JobOptions();

    JobsEnqueueCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        NewJob wanted = wanted();
        return invocation.answerWithPanel(panel -> {
            Enqueued enqueued =
                    panel.jobs().enqueue(invocation.actor(), List.of(wanted)).get(0);
            Job job = panel.jobs()
                    .find(invocation.actor(), enqueued.id())
                    .orElseThrow(() -> new NotFound("job " + enqueued.id()));
            Map<String, @Nullable Object> json = JobView.json(job);
            json.put("isNew", enqueued.isNew());
            String line = enqueued.isNew()
                    ? "Enqueued job " + job.id() + "."
                    : "Job " + job.id() + " has this key and is " + job.state().wireName() + ": nothing was added.";
            return Answer.of(json, line);
        });
    }

    private NewJob wanted() {
        if (runAt.isPresent() && delay.isPresent()) {
            throw new UsageException("--run-at and --delay exclude each other: give one of them");
        }
        NewJob job = options.job(invocation, type);
        job = runAt.map(text -> Times.parse("--run-at", text)).map(job::runAt).orElse(job);
        return delay.map(text -> Times.parseDuration("--delay", text))
                .map(job::delay)
                .orElse(job);
    }
}
