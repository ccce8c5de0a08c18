package io.aipanel.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Charts in a directory. */
class ChartFilesTest {

    @TempDir
    private Path directory;

    @Test
    void everyFigureIsDrawnWithItsAxesAndWhatItIsHeldTo() throws Exception {
        Document svg = drawn(chart(line("ours", Map.of(1.0, 0.5, 64.0, 20.0)), line("<theirs>", Map.of(4.0, 300.0))));

        assertThat(texts(svg))
                .contains("Writes & more", "times the limit", "P95, ms", "limit: 200 ms", "ours", "<theirs>")
                .contains("1", "10", "100");
        assertThat(texts(svg, "title")).contains("ours: 0.5 at 1", "ours: 20 at 64", "<theirs>: 300 at 4");
    }

    @Test
    void whatIsHigherIsDrawnHigher() throws Exception {
        Document svg = drawn(chart(line("ours", Map.of(1.0, 0.5, 64.0, 20.0))));

        String[] corners = ((Element) svg.getElementsByTagName("path").item(0))
                .getAttribute("d")
                .substring(1)
                .split(" L?");
        assertThat(Double.parseDouble(corners[0])).isLessThan(Double.parseDouble(corners[2]));
        assertThat(Double.parseDouble(corners[1])).as("downwards").isGreaterThan(Double.parseDouble(corners[3]));
    }

    @Test
    void aRunOfAPartLeavesTheOtherFiguresAsTheyWere() throws Exception {
        drawn(chart(line("ours", Map.of(1.0, 0.5, 64.0, 20.0)), line("theirs", Map.of(4.0, 300.0))));
        Document svg = drawn(chart(line("ours", Map.of(64.0, 25.0)), line("theirs", Map.of())));

        assertThat(texts(svg, "title"))
                .contains("ours: 0.5 at 1", "ours: 25 at 64", "theirs: 300 at 4")
                .doesNotContain("ours: 20 at 64");
    }

    @Test
    void nothingIsWrittenOfNoFigures() throws Exception {
        assertThat(new ChartFiles(directory).draw(List.of(chart(line("ours", Map.of())))))
                .isEmpty();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anAxisHasAPlaceForEachOfItsValues() {
        LogScale scale = LogScale.around(List.of(0.7, 20.0), 0, 100);

        assertThat(scale.marks()).containsExactly(0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(scale.at(0.5)).isCloseTo(0, within(1e-9));
        assertThat(scale.at(5)).isCloseTo(50, within(1e-9));
        assertThat(scale.at(50)).isCloseTo(100, within(1e-9));
    }

    private Document drawn(Chart chart) throws Exception {
        List<Path> drawings = new ChartFiles(directory).draw(List.of(chart));
        assertThat(drawings).containsExactly(directory.resolve("capacity.svg"));
        try (var in = Files.newInputStream(drawings.get(0))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static Chart chart(Chart.Line... lines) {
        return new Chart(
                "capacity",
                "Writes & more",
                "times the limit",
                "P95, ms",
                List.of(lines),
                List.of(new Chart.Level("limit: 200 ms", 200)));
    }

    private static Chart.Line line(String label, Map<Double, Double> points) {
        SortedMap<Double, Double> sorted = new TreeMap<>(points);
        return new Chart.Line(label, sorted);
    }

    private static List<String> texts(Document svg) {
        return texts(svg, "text");
    }

    private static List<String> texts(Document svg, String tag) {
        NodeList nodes = svg.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }
}
