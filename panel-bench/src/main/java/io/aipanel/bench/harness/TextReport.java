package io.aipanel.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Results for people: a table, with what each figure is held to beside it. */
public final class TextReport {

    private static final String ROW = "%-34s %12s %-7s %-11s %s";

    private TextReport() {}

    /** The table, with a line end after it. */
    public static String of(Outcome outcome, List<Target> targets) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(outcome));
        lines.add("");
        lines.add(row("result", "value", "unit", "target", ""));
        for (Result result : outcome.results()) {
            lines.add(line(
                    result.name(), result.value(), result.unit(), target(targets, result.name(), Optional.empty())));
            for (Map.Entry<String, Double> ratio : result.ratio().entrySet()) {
                Optional<Target> target = target(targets, result.name(), Optional.of(ratio.getKey()));
                lines.add(line("  ratio to " + ratio.getKey(), ratio.getValue(), "", target));
            }
        }
        if (outcome.environment().quick()) {
            lines.add("");
            lines.add("This was a quick run: the targets are for the full size.");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String heading(Outcome outcome) {
        Environment environment = outcome.environment();
        return String.format(
                Locale.ROOT,
                "%s on %s: %d processors, Java %s, %s, durability %s%s",
                outcome.bench(),
                outcome.engine().wireName(),
                environment.cpus(),
                environment.java(),
                environment.database(),
                environment.durability(),
                environment
                        .main()
                        .map(main ->
                                String.format(Locale.ROOT, "; %d jobs in %.0f ms", main.amount(), main.windowMillis()))
                        .orElse(""));
    }

    private static Optional<Target> target(List<Target> targets, String result, Optional<String> beside) {
        return targets.stream()
                .filter(target ->
                        target.result().equals(result) && target.beside().equals(beside))
                .findFirst();
    }

    private static String line(String name, double value, String unit, Optional<Target> target) {
        return row(
                name,
                number(value),
                unit,
                target.map(held -> held.bound().sign() + " " + number(held.limit()))
                        .orElse(""),
                target.map(held -> held.isMet(value) ? "met" : "not met").orElse(""));
    }

    private static String row(String name, String value, String unit, String target, String verdict) {
        return String.format(Locale.ROOT, ROW, name, value, unit, target, verdict)
                .stripTrailing();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%.0f" : "%.2f", value);
    }
}
