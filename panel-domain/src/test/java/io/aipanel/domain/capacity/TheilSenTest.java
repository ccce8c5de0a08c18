package io.aipanel.domain.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TheilSenTest {

    @Test
    void theSlopeIsTheMedianOfAllPairsSlopes() {
        // Slopes 1, 2, 3, 3, 4, 5.
        TheilSen line = TheilSen.of(new double[] {0, 1, 2, 3}, new double[] {0, 1, 4, 9});

        assertThat(line.slope()).isEqualTo(3);
        assertThat(line.tau()).isEqualTo(1);
        // Of four points the six pairs are too few for an interval, or for a decision.
        assertThat(line.low()).isNegative().isInfinite();
        assertThat(line.high()).isPositive().isInfinite();
        assertThat(line.significant()).isFalse();
    }

    /** The interval of a textbook's procedure, by hand: n = 10, without ties, C = 1.96 · √125 = 21.9, ranks 11.5 and 34.5. */
    @Test
    void theIntervalIsSens() {
        double[] x = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
        double[] y = {0, 2, 1, 4, 3, 6, 5, 8, 7, 10};
        double[] slopes = IntStream.range(0, 10)
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, 10).mapToObj(j -> (y[j] - y[i]) / (x[j] - x[i])))
                .mapToDouble(slope -> slope)
                .sorted()
                .toArray();

        TheilSen line = TheilSen.of(x, y);

        double half = 1.959964 * Math.sqrt(125) / 2;
        assertThat(line.low()).isCloseTo(between(slopes, 22.5 - half), within(1e-6));
        assertThat(line.high()).isCloseTo(between(slopes, 22.5 + half + 1), within(1e-6));
        assertThat(line.significant()).isTrue();
    }

    /** Of ten points that are all the same but two, hardly any pair says anything. */
    @Test
    void tiesAreNoDirection() {
        double[] x = IntStream.range(0, 10).mapToDouble(i -> i).toArray();

        TheilSen line = TheilSen.of(x, new double[] {5, 5, 5, 5, 5, 5, 5, 5, 5, 6});

        assertThat(line.slope()).isZero();
        assertThat(line.tau()).isEqualTo(9 / 45.0);
        assertThat(line.significant()).isFalse();
    }

    @Test
    void whatIsLikeTheOneBeforeCountsLess() {
        double[] x = IntStream.range(0, 60).mapToDouble(i -> i).toArray();
        double[] alike = IntStream.range(0, 60)
                .mapToDouble(i -> Math.sin(Math.PI * i / 60) + i * 37 % 60 / 600.0)
                .toArray();

        TheilSen of = TheilSen.of(x, alike);

        // As if there were fewer points: the interval is wider than that of sixty, which begins at rank 731.
        double[] slopes = IntStream.range(0, 60)
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, 60).mapToObj(j -> (alike[j] - alike[i]) / (j - i)))
                .mapToDouble(slope -> slope)
                .sorted()
                .toArray();
        assertThat(of.low()).isLessThan(slopes[700]);
        assertThat(of.high()).isGreaterThan(slopes[slopes.length - 700]);
    }

    private static double between(double[] sorted, double rank) {
        int below = (int) rank;
        return sorted[below - 1] + (rank - below) * (sorted[below] - sorted[below - 1]);
    }
}
