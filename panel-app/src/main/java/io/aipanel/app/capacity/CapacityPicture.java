package io.aipanel.app.capacity;

import io.aipanel.app.cli.Screen;
import io.aipanel.app.cli.Table;
import io.aipanel.app.cli.Text;
import io.aipanel.domain.capacity.Amounts;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Outlook;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.service.capacity.CapacityReport;
import io.aipanel.service.capacity.HistoryPoint;
import io.aipanel.service.capacity.ThresholdReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How capacity is shown to people: a table with bars and sparklines, and below it what each threshold means. Where the screen
 * is too narrow for the table, its columns become lines.
 *
 * @param lastDay what each minute of the last day has measured
 */
record CapacityPicture(
        CapacityReport report,
        Map<Threshold, Forecast> forecasts,
        Map<Threshold, List<HistoryPoint>> lastDay,
        Screen screen) {

    private static final int BAR = 10;

    /** The width of all columns but the last. */
    private static final int TABLE = 70;

    private static final int SHORTEST_SPARKLINE = 8;
    private static final int LONGEST_SPARKLINE = 48;

    private static final String INDENT = "  ";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!report.limitsApply()) {
            engine(lines);
            return lines;
        }
        lines.addAll(Text.wrapped(headline(), screen.width()));
        lines.add("");
        boolean narrow = screen.width() < TABLE;
        if (!narrow) {
            lines.addAll(table().lines());
            lines.add("");
        }
        for (ThresholdReport threshold : report.thresholds()) {
            lines.addAll(Text.wrapped(heading(threshold), screen.width()));
            if (narrow) {
                columns(threshold, lines);
            }
            explain(threshold, lines);
            lines.add("");
        }
        lines.remove(lines.size() - 1);
        return lines;
    }

    private String headline() {
        String near = named(ThresholdState.WARNING);
        String past = named(ThresholdState.BREACHED);
        return switch (report.state()) {
            case BREACHED -> "Past a limit of SQLite: " + past + (near.isEmpty() ? "." : "; near one: " + near + ".");
            case WARNING -> "Near a limit of SQLite: " + near + ".";
            case OK -> "Every limit of SQLite is far enough away.";
            case UNKNOWN -> "Nothing was measured yet: panel serve does that each minute while it runs.";
        };
    }

    private String named(ThresholdState state) {
        return report.thresholds().stream()
                .filter(threshold -> threshold.state() == state)
                .map(threshold -> threshold.threshold().wireName())
                .collect(Collectors.joining(", "));
    }

    private String heading(ThresholdReport threshold) {
        return threshold.threshold().wireName() + ": " + threshold.state().wireName()
                + threshold
                        .since()
                        .map(since -> " since " + Text.time(since, report.at()))
                        .orElse("");
    }

    private Table table() {
        int sparkline = screen.width() - TABLE;
        boolean drawn = sparkline >= SHORTEST_SPARKLINE;
        Table table = drawn
                ? new Table("THRESHOLD", "NOW", "LIMIT", "USED", "STATE", "LAST 24 H")
                : new Table("THRESHOLD", "NOW", "LIMIT", "USED", "STATE");
        for (ThresholdReport threshold : report.thresholds()) {
            List<String> cells = new ArrayList<>(List.of(
                    threshold.threshold().wireName(),
                    now(threshold),
                    Amounts.text(threshold.threshold(), threshold.limit()),
                    used(threshold),
                    threshold.state().wireName()));
            if (drawn) {
                cells.add(sparkline(threshold.threshold(), Math.min(sparkline, LONGEST_SPARKLINE)));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private void columns(ThresholdReport threshold, List<String> lines) {
        lines.add(INDENT + now(threshold) + " of " + Amounts.text(threshold.threshold(), threshold.limit()));
        lines.add(INDENT + used(threshold));
        int width = Math.min(LONGEST_SPARKLINE, screen.width() - INDENT.length());
        String sparkline = sparkline(threshold.threshold(), width);
        if (!sparkline.isBlank()) {
            lines.add(INDENT + sparkline.stripTrailing());
        }
    }

    private void explain(ThresholdReport threshold, List<String> lines) {
        Optional<Forecast> forecast = Optional.ofNullable(forecasts.get(threshold.threshold()));
        forecast.ifPresent(known -> indented(Outlook.of(known, report.rules().warningShare()), lines));
        indented(CapacityView.advice(threshold, forecast), lines);
        indented("Why there is a limit: " + threshold.threshold().rationale() + ".", lines);
    }

    private void engine(List<String> lines) {
        lines.addAll(Text.wrapped(
                "The limits are those of the three files of SQLite. This panel is not on SQLite, so they no longer apply;"
                        + " this is what counts here:",
                screen.width()));
        lines.add("");
        Table figures = new Table("FIGURE", "NOW", "LIMIT", "USED");
        for (EngineFigure figure : report.engineFigures()) {
            figures.row(
                    figure.name(),
                    figure.value()
                            .map(value -> Amounts.plain(value) + " " + figure.unit())
                            .orElse("-"),
                    figure.limit().map(Amounts::plain).orElse("-"),
                    figure.value()
                            .flatMap(value -> figure.limit().map(limit -> used(value / limit)))
                            .orElse("-"));
        }
        lines.addAll(figures.lines());
        lines.add("");
        report.engineFigures().forEach(figure -> indented(figure.name() + ": " + figure.description() + ".", lines));
        lines.add("");
        lines.addAll(Text.wrapped("Measured, without a limit:", screen.width()));
        for (ThresholdReport threshold : report.thresholds()) {
            String value = threshold
                    .value()
                    .map(measured -> Amounts.text(threshold.threshold(), measured))
                    .orElse("-");
            indented(threshold.threshold().wireName() + ": " + value, lines);
        }
    }

    private void indented(String text, List<String> lines) {
        Text.wrapped(text, screen.width() - INDENT.length()).forEach(line -> lines.add(INDENT + line));
    }

    /** Without the unit, which is with the limit, unless it is part of how the amount is written. */
    private static String now(ThresholdReport threshold) {
        String unit = " " + threshold.threshold().unit();
        return threshold
                .value()
                .map(value -> Amounts.text(threshold.threshold(), value))
                .map(text -> text.endsWith(unit) && threshold.threshold() != Threshold.AUDIT_BYTES
                        ? text.substring(0, text.length() - unit.length())
                        : text)
                .orElse("-");
    }

    private String used(ThresholdReport threshold) {
        return threshold.share().map(this::used).orElse("-");
    }

    private String used(double share) {
        return Drawing.on(screen).bar(share, BAR) + " " + Math.round(share * 100) + " %";
    }

    /** The day in so many parts, of each its highest minute. */
    private String sparkline(Threshold threshold, int width) {
        List<HistoryPoint> points = lastDay.getOrDefault(threshold, List.of());
        List<OptionalDouble> cells = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            cells.add(points.subList(i * points.size() / width, (i + 1) * points.size() / width).stream()
                    .flatMap(point -> point.values().stream())
                    .mapToDouble(HistoryPoint.Values::p95)
                    .max());
        }
        return Drawing.on(screen).sparkline(cells);
    }
}
