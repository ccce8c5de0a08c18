package io.aipanel.app.jobs;

import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Times;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.Text;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a job is like that somebody wants enqueued, now or by a schedule. */
final class JobOptions {

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
            names = "--unique-key",
            paramLabel = "KEY",
            description = "No second job while one of this queue, type and key is pending or running")
    private Optional<String> uniqueKey = Optional.empty();

    @Option(
            names = "--unique-for",
            paramLabel = "DURATION",
            description = "Nor within this time, such as 1h, even if it has ended (with --unique-key)")
    private Optional<String> uniqueFor = Optional.empty();

    @Option(
            names = "--concurrency-key",
            paramLabel = "KEY",
            description =
                    "Of the jobs of a queue with this key only so many run at once as the queue's limit per key says")
    private Optional<String> concurrencyKey = Optional.empty();

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "How often it is tried in all, 1 to 1000 (default: its handler decides)")
    private Optional<Integer> maxAttempts = Optional.empty();

    @Option(
            names = "--first-delay",
            paramLabel = "DURATION",
            description = "The delay after the first failure; it doubles each time (default: its handler decides)")
    private Optional<String> firstDelay = Optional.empty();

    @Option(
            names = "--max-delay",
            paramLabel = "DURATION",
            description = "The longest delay between two attempts (default: its handler decides)")
    private Optional<String> maxDelay = Optional.empty();

    /**
     * The job.
     *
     * @throws UsageException if options exclude each other or cannot be read
     * @throws io.aipanel.domain.InvalidValueException if a value is out of range
     */
    NewJob job(Invocation invocation, String type) {
        if (payload.isPresent() && payloadFile.isPresent()) {
            throw new UsageException("--payload and --payload-file exclude each other: give one of them");
        }
        if (uniqueFor.isPresent() && uniqueKey.isEmpty()) {
            throw new UsageException("--unique-for means nothing without --unique-key: add that");
        }
        NewJob job = NewJob.of(type).priority(priority);
        job = queue.map(job::queue).orElse(job);
        job = payload.or(() -> payloadFile.map(file -> read(invocation, file)))
                .map(job::payload)
                .orElse(job);
        job = uniqueKey.map(job::uniqueKey).orElse(job);
        if (uniqueFor.isPresent()) {
            job = job.uniqueKey(uniqueKey.orElseThrow(), Times.parseDuration("--unique-for", uniqueFor.get()));
        }
        job = concurrencyKey.map(job::concurrencyKey).orElse(job);
        return retry().map(job::retry).orElse(job);
    }

    private Optional<RetryPolicy> retry() {
        if (maxAttempts.isEmpty() && firstDelay.isEmpty() && maxDelay.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> first = firstDelay.map(text -> Times.parseDuration("--first-delay", text));
        Optional<Duration> longest = maxDelay.map(text -> Times.parseDuration("--max-delay", text));
        return Optional.of(RetryPolicy.DEFAULT.with(maxAttempts, first, longest));
    }

    private static String read(Invocation invocation, String file) {
        try (InputStream in = file.equals("-")
                ? invocation.terminal().in()
                : Files.newInputStream(invocation.directory().resolve(file))) {
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
}
