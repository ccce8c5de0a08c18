package io.aipanel.app.audit;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that looks for a text in the details of events, which not every question may. */
final class DetailsOption {

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only events with this text in their details; together with another of these options")
    private Optional<String> text = Optional.empty();

    Optional<String> text() {
        return text;
    }
}
