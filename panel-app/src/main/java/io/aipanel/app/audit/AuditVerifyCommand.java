package io.aipanel.app.audit;

import io.aipanel.app.cli.Answer;
import io.aipanel.app.cli.Choice;
import io.aipanel.app.cli.CommandFailed;
import io.aipanel.app.cli.ExitCodes;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.JsonDocument;
import io.aipanel.app.cli.ProgressLine;
import io.aipanel.app.cli.UsageException;
import io.aipanel.service.Panel;
import io.aipanel.service.audit.Evidence;
import io.aipanel.service.audit.ExportCheck;
import io.aipanel.service.audit.Verification;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Check the whole audit log: every event, the tree over them, every checkpoint. No panel needs to run.",
            "Answers intact (exit code 0), broken (3), or not-verifiable: nothing is wrong, but nothing proves it. That is 0",
            "if nothing was given to check against, and 3 if what was given is of no use.",
            "With --stdin an export is checked instead, and no storage is needed: panel audit export | panel audit verify --stdin"
        })
final class AuditVerifyCommand implements Callable<Integer> {

    /** Two thousand days of a checkpoint every minute would be more: the newest ones of such a file are enough. */
    private static final long MOST_BYTES = 64 << 20;

    private final Invocation invocation;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "One or several signed checkpoints, one after the other, that were kept elsewhere")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The public keys to trust, one in a line; without it the panel's own key has to do")
    private Optional<Path> publicKey = Optional.empty();

    @Option(names = "--stdin", description = "Check what panel audit export has written instead, from standard input")
    private boolean stdin;

    AuditVerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Evidence evidence = new Evidence(
                checkpoint
                        .map(file -> Evidence.checkpoints(read("--checkpoint", file)))
                        .orElse(List.of()),
                publicKey.map(file -> Evidence.keys(read("--public-key", file))).orElse(List.of()));
        if (stdin) {
            return told(checkExport(evidence));
        }
        return invocation.withPanel(panel -> told(verify(panel, evidence)));
    }

    private Verification verify(Panel panel, Evidence evidence) {
        try (ProgressLine line = invocation.progress(false)) {
            return panel.audit().verify(invocation.actor(), evidence, EventProgress.of(line, "checked"));
        }
    }

    private Verification checkExport(Evidence evidence) {
        // With a public key not even the configuration is needed.
        Optional<Path> ownKey = publicKey.isPresent()
                ? Optional.empty()
                : invocation.configuration(Map.of()).audit().usableKey();
        try (ProgressLine line = invocation.progress(false)) {
            return ExportCheck.of(invocation.terminal().in(), evidence, ownKey, EventProgress.of(line, "checked"));
        } catch (IOException e) {
            throw new CommandFailed("standard input cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private int told(Verification found) {
        invocation.answer(answer(found));
        return exitCode(found.status());
    }

    private int exitCode(Verification.Status status) {
        boolean given = checkpoint.isPresent() || publicKey.isPresent();
        return switch (status) {
            case INTACT -> ExitCodes.DONE;
            case BROKEN -> ExitCodes.FOUND;
            case NOT_VERIFIABLE -> given ? ExitCodes.FOUND : ExitCodes.DONE;
        };
    }

    private static Answer answer(Verification found) {
        String status = Choice.word(found.status());
        String looked = found.status() == Verification.Status.BROKEN
                ? " (" + found.checked() + (found.checked() == 1 ? " event" : " events") + " checked)"
                : "";
        return Answer.of(
                JsonDocument.object(
                        "status", status,
                        "checked", found.checked(),
                        "firstBad", found.firstBad(),
                        "message", found.message(),
                        "beyond", found.beyond()),
                status + ": " + found.message() + looked);
    }

    private String read(String option, Path file) {
        Path path = invocation.directory().resolve(file);
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new UsageException(option + " " + file + " is larger than 64 MiB: give the last lines of it");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new UsageException(option + " " + file + " is no UTF-8 text");
        } catch (IOException e) {
            throw new UsageException(option + " " + file + " cannot be read (" + e + ")");
        }
    }
}
