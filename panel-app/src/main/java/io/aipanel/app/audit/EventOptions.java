package io.aipanel.app.audit;

import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.Times;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.AuditOutcome;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which events are wanted. */
final class EventOptions {

    @Option(names = "--from", paramLabel = "TIME", description = "Only events at this time or later")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Only events before this time")
    private Optional<String> to = Optional.empty();

    @Option(names = "--actor", paramLabel = "ACTOR", description = "Only events of this actor")
    private Optional<String> actor = Optional.empty();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "Only this action or, ending in a dot, all that start with it: user.")
    private Optional<String> action = Optional.empty();

    @Option(names = "--target", paramLabel = "TARGET", description = "Only events about this target")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only events that ended so: success, refused or failure")
    private Optional<String> outcome = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Only events from this address")
    private Optional<String> address = Optional.empty();

    @Option(names = "--request", paramLabel = "ID", description = "Only events of this request")
    private Optional<String> request = Optional.empty();

    /**
     * What the options say.
     *
     * @param text a text of the details
     * @param newestFirst whether the newest event comes first
     * @throws io.aipanel.domain.InvalidValueException if a value cannot be one of an event
     */
    AuditFilter filter(Optional<String> text, boolean newestFirst) {
        return new AuditFilter(
                from.map(time -> Times.parse("--from", time)),
                to.map(time -> Times.parse("--to", time)),
                actor,
                action,
                target,
                outcome.map(word -> Choice.of("--outcome", word, AuditOutcome.values())),
                address,
                request,
                text,
                newestFirst);
    }
}
