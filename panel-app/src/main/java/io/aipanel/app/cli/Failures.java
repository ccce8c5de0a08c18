package io.aipanel.app.cli;

import io.aipanel.app.config.ConfigurationException;
import io.aipanel.app.config.Nearest;
import io.aipanel.domain.InvalidValueException;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.versions.ComponentInventory;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.ExportOvertaken;
import io.aipanel.service.backup.BackupFailed;
import io.aipanel.service.backup.BackupNotCopied;
import io.aipanel.service.backup.BackupsBusy;
import io.aipanel.service.iam.LastAdmin;
import io.aipanel.service.iam.PermissionDenied;
import io.aipanel.service.jobs.JobRefused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Decides what each failure becomes: one line for people, and an exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Invocation invocation;

    /** @param invocation whose failures are told */
    public Failures(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        invocation.failed(describe(failure), invocation.options().json());
        if (invocation.options().verbose()) {
            failure.printStackTrace(invocation.terminal().err());
        }
        return exitCode(failure);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        invocation.failed(describe(failure), wantsJson(arguments));
        return ExitCodes.USAGE;
    }

    /** Refuses arguments that hold what the locale cannot read, before they are stored as something else. */
    public int unreadableArguments(String... arguments) {
        invocation.failed(
                "an argument holds characters that cannot be read in this locale: set LC_ALL=C.UTF-8 and try again",
                wantsJson(arguments));
        return ExitCodes.USAGE;
    }

    /** Asked for when the command line could not be read, and the options are therefore not known. */
    private static boolean wantsJson(String... arguments) {
        return List.of(arguments).contains("--json");
    }

    /** A value that breaks a rule was given on the command line or in the configuration: nothing else reads any here. */
    private static int exitCode(Exception failure) {
        boolean usage = failure instanceof UsageException
                || failure instanceof ConfigurationException
                || failure instanceof InvalidValueException;
        return usage ? ExitCodes.USAGE : ExitCodes.FAILED;
    }

    private static String describe(Exception failure) {
        boolean expected = failure instanceof UsageException
                || failure instanceof CommandFailed
                || failure instanceof ConfigurationException
                || failure instanceof InvalidValueException
                || failure instanceof StoreException
                || failure instanceof NotFound
                || failure instanceof LastAdmin
                || failure instanceof JobRefused
                || failure instanceof PermissionDenied
                || failure instanceof ExportOvertaken
                || failure instanceof BackupFailed
                || failure instanceof BackupNotCopied
                || failure instanceof BackupsBusy
                || failure instanceof UnsupportedOperationException
                || failure instanceof ComponentInventory.InventoryFailed;
        String message = String.valueOf(failure.getMessage());
        return expected
                ? message
                : "unexpected failure (" + failure.getClass().getName() + ": " + message
                        + "); run it again with --verbose and report what it shows";
    }

    private static String describe(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return describeUnmatched(command, unmatched.getUnmatched().get(0));
        }
        if (!command.getUnmatchedArguments().isEmpty()) {
            // A misspelt option is why a required one is missing.
            return describeUnmatched(command, command.getUnmatchedArguments().get(0));
        }
        String name = command.getCommandSpec().qualifiedName();
        if (failure.getArgSpec() == null && !command.getSubcommands().isEmpty()) {
            return "'" + name + "' needs a command: "
                    + String.join(", ", command.getSubcommands().keySet());
        }
        String message = String.valueOf(failure.getMessage()).strip();
        return message + "; see " + name + " --help";
    }

    private static String describeUnmatched(CommandLine command, String argument) {
        String name = command.getCommandSpec().qualifiedName();
        if (argument.startsWith("-")) {
            String option = argument.replaceFirst("=.*$", "");
            Set<String> options =
                    new LinkedHashSet<>(command.getCommandSpec().optionsMap().keySet());
            return "there is no option " + option + " of '" + name + "'; " + Nearest.suggestion(option, options);
        }
        if (!command.getSubcommands().isEmpty()) {
            return "there is no command '" + name + " " + argument + "'; "
                    + Nearest.suggestion(argument, command.getSubcommands().keySet());
        }
        return "'" + name + "' takes no argument '" + argument + "'; see " + name + " --help";
    }
}
