package io.aipanel.app.jobs;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Times;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.Text;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "enqueue", description = "Enqueue a job.")
final class JobsEnqueueCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "TYPE", description = "What kind of work it is; decides which handler runs it")
    private String type = "";

    @Option(names = "--queue", paramLabel = "NAME", description = "Where it waits (default: default)")
    private Optional<String> queue = Optional.empty();

    @Option(names = "--payload", paramLabel = "JSON", description = "What the handler gets (default: {})")
    private Optional<String> payload = Optional.empty();

    @Option(
            names = "--payload-file",
            paramLabel = "FILE",
            description = "A file with what the handler gets; - for standard input")
    private Optional<String> payloadFile = Optional.empty();

    @Option(names = "--priority", paramLabel = "N", description = "-1000 to 1000; higher ones run first (default: 0)")
    private int priority;

    @Option(
            names = "--run-at",
            paramLabel = "TIME",
            description = "Not before this time, such as 2027-01-31T08:00:00Z (default: at once)")
    private Optional<String> runAt = Optional.empty();

    @Option(
            names = "--unique-key",
            paramLabel = "KEY",
            description = "No second job while one of this queue, type and key is pending or running")
    private Optional<String> uniqueKey = Optional.empty();

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
        NewJob job = NewJob.of(type).priority(priority);
        job = queue.map(job::queue).orElse(job);
        job = payload().map(job::payload).orElse(job);
        job = runAt.map(text -> Times.parse("--run-at", text)).map(job::runAt).orElse(job);
        return uniqueKey.map(job::uniqueKey).orElse(job);
    }

    private Optional<String> payload() {
        if (payload.isPresent() && payloadFile.isPresent()) {
            throw new UsageException("--payload and --payload-file exclude each other: give one of them");
        }
        return payload.or(() -> payloadFile.map(this::read));
    }

    private String read(String file) {
        try (InputStream in = file.equals("-") ? invocation.terminal().in() : Files.newInputStream(path(file))) {
            byte[] bytes = in.readNBytes(Text.DOCUMENT_BYTES + 1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException("--payload-file " + file + " is not UTF-8 text");
        } catch (NoSuchFileException e) {
            throw new UsageException("--payload-file " + file + " does not exist");
        } catch (IOException e) {
            throw new CommandFailed("--payload-file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path path(String file) {
        return invocation.directory().resolve(file);
    }
}
