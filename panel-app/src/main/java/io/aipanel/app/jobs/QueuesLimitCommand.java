package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.Times;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.jobs.Queue;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.service.jobs.QueueStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "limit",
        description =
                "Set how much of a queue may run, over all workers and machines. What is not given stays as it is.")
final class QueuesLimitCommand implements Callable<Integer> {

    private static final String NONE = "none";

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "The queue")
    private String name = "";

    @Option(
            names = "--max-running",
            paramLabel = "N",
            description = "How many jobs may run at once, 1 to 100000; none for no limit")
    private Optional<String> maxRunning = Optional.empty();

    @Option(
            names = "--max-running-per-key",
            paramLabel = "N",
            description = "How many jobs with the same concurrency key may run at once, 1 to 100000")
    private Optional<Integer> maxRunningPerKey = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "STARTS/PERIOD",
            description = "How many jobs may be started in a time, such as 100/1m; none for no limit")
    private Optional<String> rate = Optional.empty();

    QueuesLimitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        QueueName queue = new QueueName(name);
        Optional<Optional<Integer>> max = maxRunning.map(text -> unlessNone(text, QueuesLimitCommand::number));
        Optional<Optional<RateLimit>> starts = rate.map(text -> unlessNone(text, QueuesLimitCommand::rateLimit));
        if (max.isEmpty() && starts.isEmpty() && maxRunningPerKey.isEmpty()) {
            throw new UsageException("which limit? Give --max-running, --max-running-per-key or --rate");
        }
        // Whatever the others are: what is out of range is refused before the storage is touched.
        limits(QueueLimits.DEFAULT, max, starts);
        return invocation.answerWithPanel(panel -> {
            QueueLimits before = panel.queues().list(invocation.actor()).stream()
                    .map(QueueStatus::queue)
                    .filter(each -> each.name().equals(queue))
                    .findFirst()
                    .orElse(Queue.unset(queue))
                    .limits();
            QueueLimits limits = limits(before, max, starts);
            boolean changed = panel.queues().limit(invocation.actor(), queue, limits);
            Map<String, @Nullable Object> json =
                    JsonDocument.object("name", queue, "limits", QueueView.json(limits), "changed", changed);
            return Answer.of(
                    json, "The queue " + queue + (changed ? " has new limits." : " had these limits already."));
        });
    }

    private QueueLimits limits(
            QueueLimits before, Optional<Optional<Integer>> max, Optional<Optional<RateLimit>> starts) {
        return new QueueLimits(
                max.orElse(before.maxRunning()),
                maxRunningPerKey.orElse(before.maxRunningPerKey()),
                starts.orElse(before.rate()));
    }

    private static <T> Optional<T> unlessNone(String text, Function<String, T> parser) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(parser.apply(text));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--max-running must be a whole number or none (it is '" + text + "')");
        }
    }

    private static RateLimit rateLimit(String text) {
        String[] parts = text.split("/", 2);
        try {
            if (parts.length == 2) {
                return new RateLimit(Integer.parseInt(parts[0]), Times.parseDuration("--rate", parts[1]));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(
                "--rate must be a number and a duration such as 100/1m, or none (it is '" + text + "')");
    }
}
