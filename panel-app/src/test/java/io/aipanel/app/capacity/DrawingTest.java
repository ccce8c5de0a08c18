package io.aipanel.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.cli.Screen;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DrawingTest {

    private static final Drawing BLOCKS = Drawing.on(new Screen(80, true));
    private static final Drawing ASCII = Drawing.on(new Screen(80, false));

    @Test
    void aBarIsAsFullAsWhatItShows() {
        assertThat(BLOCKS.bar(0.5, 10)).isEqualTo("█████░░░░░");
        assertThat(ASCII.bar(0.79, 10)).isEqualTo("#######...");
        assertThat(ASCII.bar(0, 4)).isEqualTo("....");
    }

    @Test
    void somethingSmallShowsAndOnlyAllFillsABar() {
        assertThat(ASCII.bar(0.001, 10)).isEqualTo("#.........");
        assertThat(ASCII.bar(0.999, 10)).isEqualTo("#########.");
        assertThat(ASCII.bar(1, 10)).isEqualTo("##########");
        assertThat(ASCII.bar(7.5, 10)).isEqualTo("##########");
    }

    @Test
    void aSparklineRisesWithTheValuesAndHasGaps() {
        assertThat(BLOCKS.sparkline(values(0, 1, 2, 3, 4, 5, 6, 7))).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(ASCII.sparkline(values(0, Double.NaN, 7))).isEqualTo("_ #");
        assertThat(ASCII.sparkline(List.of())).isEmpty();
    }

    @Test
    void whatHardlyMovesIsFlat() {
        assertThat(ASCII.sparkline(values(1000, 1001, 1000, 1002))).isEqualTo("____");
        assertThat(ASCII.sparkline(values(0, 0))).isEqualTo("__");
    }

    private static List<OptionalDouble> values(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value))
                .toList();
    }
}
