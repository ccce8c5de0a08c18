package io.aipanel.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Draws a chart as SVG, for pages with a light and with a dark ground: the colours follow what the reader's browser is set to.
 * Lines differ by their marks as well as by their colours.
 */
final class SvgChart {

    private static final double WIDTH = 780;
    private static final double HEIGHT = 430;
    private static final double LEFT = 70;
    private static final double RIGHT = 560;
    private static final double TOP = 48;
    private static final double BOTTOM = 370;
    private static final double LEGEND = RIGHT + 20;
    private static final double LEGEND_LINE = 22;

    /** Okabe and Ito's colours, told apart by nearly everyone; lighter ones for a dark ground. */
    private static final List<String> LIGHT = List.of("#0072b2", "#d55e00", "#009e73", "#b0558d", "#7a6a00", "#444444");

    private static final List<String> DARK = List.of("#56b4e9", "#ff9a4d", "#2fd6a5", "#f0a0cf", "#f0e442", "#cccccc");

    private final StringBuilder svg = new StringBuilder();
    private final Chart chart;
    private final LogScale across;
    private final LogScale up;

    private SvgChart(Chart chart) {
        this.chart = chart;
        this.across = LogScale.around(points().map(Map.Entry::getKey).toList(), LEFT, RIGHT);
        this.up = LogScale.around(
                Stream.concat(
                                points().map(Map.Entry::getValue),
                                chart.levels().stream().map(Chart.Level::value))
                        .toList(),
                BOTTOM,
                TOP);
    }

    /** The drawing, with a line end after it. */
    static String of(Chart chart) {
        return new SvgChart(chart).draw();
    }

    private Stream<Map.Entry<Double, Double>> points() {
        return chart.lines().stream().flatMap(line -> line.points().entrySet().stream());
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">",
                number(WIDTH), number(HEIGHT), escaped(chart.title()));
        style();
        add("<rect class=\"ground\" width=\"%s\" height=\"%s\"/>", number(WIDTH), number(HEIGHT));
        text(LEFT, 26, "title", chart.title());
        axes();
        levels();
        for (int i = 0; i < chart.lines().size(); i++) {
            line(i, chart.lines().get(i));
        }
        add("</svg>");
        return svg.toString();
    }

    private void style() {
        add("<style>");
        add("text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-size: 15px; font-weight: 600 }");
        add(".ground { fill: #ffffff } .grid { stroke: #d8dee4 } .level { stroke: #cf222e; stroke-dasharray: 6 4 }");
        add("path { fill: none; stroke-width: 2 } .middle { text-anchor: middle } .end { text-anchor: end }");
        colours(LIGHT);
        add("@media (prefers-color-scheme: dark) {");
        add("text { fill: #e6edf3 } .ground { fill: #0d1117 } .grid { stroke: #30363d } .level { stroke: #ff7b72 }");
        colours(DARK);
        add("}");
        add("</style>");
    }

    private void colours(List<String> colours) {
        for (int i = 0; i < colours.size(); i++) {
            add("path.c%d { stroke: %s } .m%d { fill: %s }", i, colours.get(i), i, colours.get(i));
        }
    }

    private void axes() {
        for (double mark : across.marks()) {
            double x = across.at(mark);
            rule(x, TOP, x, BOTTOM, "grid");
            text(x, BOTTOM + 20, "middle", plain(mark));
        }
        for (double mark : up.marks()) {
            double y = up.at(mark);
            rule(LEFT, y, RIGHT, y, "grid");
            text(LEFT - 8, y + 4, "end", plain(mark));
        }
        text((LEFT + RIGHT) / 2, BOTTOM + 44, "middle", chart.across());
        add(
                "<text class=\"middle\" transform=\"translate(18 %s) rotate(-90)\">%s</text>",
                number((TOP + BOTTOM) / 2), escaped(chart.up()));
    }

    private void levels() {
        for (Chart.Level level : chart.levels()) {
            double y = up.at(level.value());
            rule(LEFT, y, RIGHT, y, "level");
            text(LEGEND, y + 4, "", level.label());
        }
    }

    private void line(int index, Chart.Line line) {
        int colour = index % LIGHT.size();
        List<String> corners = new ArrayList<>();
        line.points().forEach((x, y) -> corners.add(number(across.at(x)) + " " + number(up.at(y))));
        if (!corners.isEmpty()) {
            add("<path class=\"c%d\" d=\"M%s\"/>", colour, String.join(" L", corners));
        }
        line.points()
                .forEach((x, y) ->
                        mark(index, across.at(x), up.at(y), line.label() + ": " + plain(y) + " at " + plain(x)));
        // Below the level's labels, which stand where the levels are: the legend is at the bottom.
        double y = BOTTOM - (chart.lines().size() - 1 - index) * LEGEND_LINE;
        mark(index, LEGEND + 6, y - 4, line.label());
        text(LEGEND + 20, y, "", line.label());
    }

    private void mark(int index, double x, double y, String told) {
        String shape = switch (index % 3) {
            case 0 -> String.format(Locale.ROOT, "<circle cx=\"%s\" cy=\"%s\" r=\"4\"", number(x), number(y));
            case 1 ->
                String.format(
                        Locale.ROOT, "<rect x=\"%s\" y=\"%s\" width=\"8\" height=\"8\"", number(x - 4), number(y - 4));
            default ->
                String.format(
                        Locale.ROOT,
                        "<polygon points=\"%s,%s %s,%s %s,%s\"",
                        number(x - 5),
                        number(y + 4),
                        number(x + 5),
                        number(y + 4),
                        number(x),
                        number(y - 5));
        };
        String tag = shape.substring(1, shape.indexOf(' '));
        add("%s class=\"m%d\"><title>%s</title></%s>", shape, index % LIGHT.size(), escaped(told), tag);
    }

    private void rule(double x1, double y1, double x2, double y2, String kind) {
        add(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                kind, number(x1), number(y1), number(x2), number(y2));
    }

    private void text(double x, double y, String kind, String words) {
        add("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", kind, number(x), number(y), escaped(words));
    }

    private void add(String format, Object... arguments) {
        svg.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
                .append('\n');
    }

    /** A coordinate: a tenth of a pixel is finer than anyone sees. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A figure, as people write it. */
    private static String plain(double value) {
        if (value >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
        }
        String text = String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
