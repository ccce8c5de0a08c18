package io.aipanel.bench.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps charts in a directory: each as an SVG, and its figures beside it as JSON. A run that measures a part brings its own
 * figures and leaves the others as an earlier run has left them, so that a chart can be measured bit by bit.
 */
public final class ChartFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;

    /** @param directory where they are; made if it is not there */
    public ChartFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Draws charts with what was found, and with what was found earlier. Nothing is written of one that has no figures at all.
     *
     * @return the drawings
     * @throws IOException if something cannot be read or written
     */
    public List<Path> draw(List<Chart> charts) throws IOException {
        Files.createDirectories(directory);
        List<Path> drawings = new ArrayList<>();
        for (Chart chart : charts) {
            Path figures = directory.resolve(chart.name() + ".json");
            Chart whole = chart.over(Files.exists(figures) ? read(figures) : List.of());
            if (!whole.isEmpty()) {
                Path drawing = directory.resolve(chart.name() + ".svg");
                Files.writeString(drawing, SvgChart.of(whole));
                Files.writeString(figures, json(whole));
                drawings.add(drawing);
            }
        }
        return drawings;
    }

    private static List<Chart.Line> read(Path figures) throws IOException {
        List<Chart.Line> lines = new ArrayList<>();
        for (JsonNode node : MAPPER.readTree(figures.toFile()).path("lines")) {
            SortedMap<Double, Double> points = new TreeMap<>();
            node.path("points")
                    .forEach(point ->
                            points.put(point.path(0).asDouble(), point.path(1).asDouble()));
            lines.add(new Chart.Line(node.path("label").asText(), points));
        }
        return lines;
    }

    private static String json(Chart chart) throws IOException {
        ObjectNode document = MAPPER.createObjectNode()
                .put("title", chart.title())
                .put("across", chart.across())
                .put("up", chart.up());
        chart.lines().forEach(line -> {
            ObjectNode node = document.withArray("lines").addObject().put("label", line.label());
            line.points()
                    .forEach(
                            (x, y) -> node.withArray("points").addArray().add(x).add(Math.round(y * 1000) / 1000.0));
        });
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }
}
