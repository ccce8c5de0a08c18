package io.aipanel.app.jobs;

import io.aipanel.app.cli.Choice;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which jobs a command is about. */
final class JobFilterOptions {

    @Option(names = "--queue", paramLabel = "NAME", description = "Only jobs of this queue")
    private Optional<String> queue = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only jobs in this state: pending, running, completed, dead-letter or cancelled")
    private Optional<String> state = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "Only jobs with this unique key")
    private Optional<String> key = Optional.empty();

    /** The filter; {@link JobFilter#ALL} if nothing was given. */
    JobFilter filter() {
        return new JobFilter(
                queue.map(QueueName::new),
                type.map(JobType::new),
                state.map(word -> Choice.of("--state", word, List.of(JobState.values()), JobState::wireName)),
                key);
    }
}
