package io.aipanel.bench;

import io.aipanel.bench.audit.AuditBench;
import io.aipanel.bench.backup.BackupBench;
import io.aipanel.bench.capacity.CapacityBench;
import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Bench;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Chart;
import io.aipanel.bench.harness.ChartFiles;
import io.aipanel.bench.harness.Environment;
import io.aipanel.bench.harness.JsonReport;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Outcome;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.TextReport;
import io.aipanel.bench.jobs.QueueBench;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the command line, runs one benchmark, and prints what it found. */
@Command(
        name = "panel-bench/bench",
        description = "Measures the panel, and others beside it in the same run.",
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** What can be measured. A new benchmark is one class more, and its name here. */
    private static final List<Bench> BENCHES =
            List.of(new QueueBench(), new AuditBench(), new BackupBench(), new CapacityBench());

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "What to measure: queue, audit, backup or capacity.")
    private String name = "";

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "sqlite (the default) or postgres.",
            converter = EngineNameConverter.class)
    private EngineName engineName = EngineName.SQLITE;

    @Option(names = "--peers", description = "Measure others too: hand-written loops and other libraries.")
    private boolean peers;

    @Option(names = "--quick", description = "Smaller work: done within a minute.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "RESULTS",
            split = ",",
            description = "Measure only these, and what is measured together with them, for example lifecycle.bulk.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--json", description = "Print one JSON document on standard output, and nothing else.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "DIRECTORY",
            description = "Draw the figures there, with those that earlier runs have left there.")
    private @Nullable Path plot;

    @Option(names = "--help", usageHelp = true, description = "Explain this.")
    private boolean help;

    private final PrintStream out;
    private final Progress progress;

    private BenchCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.progress = new Progress(err);
    }

    /**
     * Runs a command line.
     *
     * @return the exit code: 0 measured, 1 failed, 2 wrong usage
     */
    static int run(PrintStream out, PrintStream err, String... args) {
        CommandLine line = new CommandLine(new BenchCommand(out, err));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setParameterExceptionHandler((exception, arguments) -> {
            err.println("bench: " + exception.getMessage());
            err.println("Try panel-bench/bench --help");
            return WRONG_USAGE;
        });
        line.setExecutionExceptionHandler((exception, command, result) -> {
            err.println("bench: failed: " + exception);
            exception.printStackTrace(err);
            return FAILED;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws Exception {
        Bench bench = BENCHES.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        commandLine(), "there is no benchmark " + name + "; there is " + names()));
        for (String result : only) {
            require(
                    bench.results(engineName).contains(result),
                    "there is no result " + result + " here; there is " + String.join(", ", bench.results(engineName)));
        }
        require(plot == null || !bench.charts(engineName).isEmpty(), "there is nothing to draw of " + name);
        try (Engine engine = Engine.start(engineName)) {
            Measured measured = bench.run(new BenchRun(engine, peers, quick, only, progress));
            Environment environment = Environment.here(engine, quick, measured.main());
            Outcome outcome = new Outcome(bench.name(), engineName, environment, measured.results());
            out.print(json ? JsonReport.of(outcome) : TextReport.of(outcome, bench.targets(engineName)));
            out.flush();
            draw(measured.charts());
        }
        return 0;
    }

    private void draw(List<Chart> charts) throws IOException {
        if (plot != null) {
            for (Path drawing : new ChartFiles(plot).draw(charts)) {
                progress.say("drawn: %s", drawing);
            }
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(commandLine(), message);
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set its specification");
        }
        return spec.commandLine();
    }

    private static String names() {
        return BENCHES.stream().map(Bench::name).collect(Collectors.joining(", "));
    }
}
