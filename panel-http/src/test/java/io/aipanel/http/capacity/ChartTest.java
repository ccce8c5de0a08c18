package io.aipanel.http.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final double NOWHERE_NEAR = 1_000_000;

    @Test
    void theHighestValueIsNearTheTopAndNothingIsAtTheBottom() {
        Chart chart = chart(NOWHERE_NEAR, 0.0, 10.5, 21.0);
        assertThat(chart.lines()).containsExactly("0.0,120.0 300.0,62.9 600.0,5.7");
        assertThat(chart.highest()).contains(21.0);
        assertThat(chart.rules()).isEmpty();
        assertThat(chart.dots()).isEmpty();
    }

    @Test
    void whereNobodyHasMeasuredThereIsAGap() {
        Chart chart = chart(NOWHERE_NEAR, 1.0, 1.0, null, 1.0, null, 1.0, 1.0);
        assertThat(chart.lines()).hasSize(2);
        assertThat(chart.dots()).extracting(Chart.Dot::x).containsExactly("300.0");
    }

    @Test
    void theLimitAndItsWarningAreDrawnOnceTheyAreNear() {
        assertThat(chart(100, 1.0, 49.0).rules()).isEmpty();
        Chart near = chart(100, 1.0, 50.0);
        assertThat(near.rules()).extracting(Chart.Ruler::kind).containsExactly("limit", "warning");
        assertThat(near.rules()).extracting(Chart.Ruler::y).containsExactly("5.7", "28.6");
        assertThat(chart(100, 200.0).rules()).extracting(Chart.Ruler::y).containsExactly("62.9", "74.3");
    }

    @Test
    void thereMayBeNothingToDraw() {
        assertThat(chart(100).highest()).isEmpty();
        assertThat(chart(100, null, null).lines()).isEmpty();
        assertThat(chart(100, 0.0, 0.0).lines()).containsExactly("0.0,120.0 600.0,120.0");
    }

    private static Chart chart(double limit, Double... values) {
        List<Chart.Point> points = new ArrayList<>();
        for (Double value : values) {
            points.add(new Chart.Point(Instant.EPOCH.plusSeconds(points.size()), Optional.ofNullable(value)));
        }
        return Chart.of(points, limit, 0.8);
    }
}
