package io.aipanel.app;

import io.aipanel.app.cli.Failures;
import io.aipanel.app.cli.Invocation;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Runs one command line from its arguments to its exit code. */
final class Program {

    /** What the JVM makes of bytes that are no text in the locale's encoding. */
    private static final char UNREADABLE = '\uFFFD';

    private Program() {}

    /**
     * Runs a command.
     *
     * @param invocation the surroundings
     * @param arguments the command, its options and arguments
     * @return the exit code
     */
    static int run(Invocation invocation, String... arguments) {
        Failures failures = new Failures(invocation);
        if (Arrays.stream(arguments).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
            return failures.unreadableArguments(arguments);
        }
        CommandLine program = new CommandLine(new PanelCommand(invocation), factory(invocation));
        program.setOut(new PrintWriter(invocation.terminal().out(), true));
        program.setErr(new PrintWriter(invocation.terminal().err(), true));
        program.setOverwrittenOptionsAllowed(true);
        program.setUsageHelpAutoWidth(false);
        program.setExpandAtFiles(false);
        program.setAbbreviatedOptionsAllowed(false);
        program.setParameterExceptionHandler(failures);
        program.setExecutionExceptionHandler(failures);
        return program.execute(arguments);
    }

    /** Commands get what they need through their constructor; what has none with an invocation has none at all. */
    private static IFactory factory(Invocation invocation) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (type.getName().startsWith("picocli.")) {
                    return CommandLine.defaultFactory().create(type);
                }
                try {
                    Constructor<K> constructor = type.getDeclaredConstructor(Invocation.class);
                    constructor.setAccessible(true);
                    return constructor.newInstance(invocation);
                } catch (NoSuchMethodException e) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }
}
