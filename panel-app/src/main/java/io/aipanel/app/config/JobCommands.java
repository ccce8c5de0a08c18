package io.aipanel.app.config;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads which programs handle which jobs. */
final class JobCommands {

    static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);
    static final String TIMEOUT_RULE = "must be a duration between 1s and 30d, such as 15m";

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Sources sources;
    private final Duration timeout;

    /** @param timeout how long a program may take that has no time-out of its own */
    JobCommands(Sources sources, Duration timeout) {
        this.sources = sources;
        this.timeout = timeout;
    }

    /** A time-out that a text means; empty if it means none, or one out of range. */
    static Optional<Duration> timeout(String text) {
        return Durations.parse(text)
                .filter(duration -> duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0);
    }

    /**
     * The programs, by type.
     *
     * @throws ConfigurationException if a value is not valid, or there is a queue or a time-out without a program
     */
    List<JobCommand> read() {
        Map<String, Entry> programs = sources.family(KeyFamily.JOBS_COMMAND);
        for (KeyFamily family : List.of(KeyFamily.JOBS_COMMAND_QUEUE, KeyFamily.JOBS_COMMAND_TIMEOUT)) {
            sources.family(family).forEach((type, entry) -> {
                if (!programs.containsKey(type)) {
                    throw entry.refused("means nothing without " + KeyFamily.JOBS_COMMAND.key(type) + ": add that");
                }
            });
        }
        List<JobCommand> commands = new ArrayList<>();
        programs.forEach((type, entry) -> {
            ConfiguredProgram program = ConfiguredProgram.of(entry);
            commands.add(new JobCommand(
                    parsed(entry, type, JobType::new, "must end in the name of a type of job: its "),
                    program,
                    of(KeyFamily.JOBS_COMMAND_QUEUE, type, QueueName.DEFAULT, JobCommands::queue),
                    of(KeyFamily.JOBS_COMMAND_TIMEOUT, type, timeout, JobCommands::requiredTimeout)));
        });
        return commands;
    }

    private <T> T of(KeyFamily family, String type, T otherwise, Function<Entry, T> parser) {
        return Optional.ofNullable(sources.family(family).get(type)).map(parser).orElse(otherwise);
    }

    private static QueueName queue(Entry entry) {
        return parsed(entry, entry.value(), QueueName::new, "must name a queue: the ");
    }

    private static Duration requiredTimeout(Entry entry) {
        return timeout(entry.value()).orElseThrow(() -> entry.refused(TIMEOUT_RULE));
    }

    /** The domain's rule names its value first: the words before it make a sentence of both. */
    private static <T> T parsed(Entry entry, String text, Function<String, T> parser, String before) {
        try {
            return parser.apply(text);
        } catch (InvalidValueException e) {
            throw entry.refused(before + e.getMessage());
        }
    }
}
