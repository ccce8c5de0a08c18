package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.OutputFile;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.app.cli.UsageException;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.service.audit.AuditExport;
import io.aipanel.service.audit.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Write events to standard output or a file, the oldest first, however many there are.",
            "Without further options everything that a check needs comes with them: panel audit verify --stdin reads it."
        })
final class AuditExportCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "ndjson (default): a JSON object in each line; csv: a table that is safe to open in a spreadsheet")
    private String format = "ndjson";

    @Mixin
    private EventOptions events = new EventOptions();

    @Mixin
    private DetailsOption details = new DetailsOption();

    @Option(names = "--newest-first", description = "Write the newest first")
    private boolean newestFirst;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write to this file, for its owner only; it is there when it is complete")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--overwrite", description = "Replace the file if it is there already")
    private boolean overwrite;

    AuditExportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (overwrite && output.isEmpty()) {
            throw new UsageException("--overwrite means nothing without --output");
        }
        ExportFormat chosen = Choice.of("--format", format, ExportFormat.values());
        AuditFilter filter = events.filter(details.text(), newestFirst);
        Optional<OutputFile> file =
                output.map(path -> new OutputFile("--output", path, invocation.directory(), overwrite));
        return invocation.withPanel(panel -> {
            AuditExport export = panel.audit().export(invocation.actor(), filter, chosen);
            if (file.isPresent()) {
                long written = file.get().write(out -> write(export, out));
                invocation.answer(answer(written));
            } else {
                writeToOutput(export);
            }
            return ExitCodes.DONE;
        });
    }

    private void writeToOutput(AuditExport export) {
        try {
            write(export, invocation.output());
        } catch (IOException e) {
            throw new CommandFailed("the export cannot be written to standard output: " + e.getMessage(), e);
        }
    }

    private long write(AuditExport export, OutputStream out) throws IOException {
        try (ProgressLine progress = invocation.progress(output.isEmpty())) {
            return export.writeTo(
                    out,
                    written -> progress.show(
                            () -> EventProgress.text(written, export.total().orElse(0), "exported")));
        }
    }

    private Answer answer(long written) {
        String file = output.orElseThrow().toString();
        return Answer.of(
                JsonDocument.object("file", file, "format", format, "events", written),
                "Exported " + written + (written == 1 ? " event" : " events") + " to " + file + ".");
    }
}
