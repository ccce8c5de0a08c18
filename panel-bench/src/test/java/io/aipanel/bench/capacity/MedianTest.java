package io.aipanel.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The value in the middle, and how sure it is. */
class MedianTest {

    @Test
    void itIsTheOneInTheMiddleWhateverTheOrder() {
        assertThat(Median.of(List.of(30.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(Median.of(List.of(5.0))).isEqualTo(5.0);
    }

    @Test
    void manyValuesMakeItSurerThanFew() {
        List<Double> hundred =
                DoubleStream.iterate(0, i -> i + 1).limit(100).boxed().toList();

        // The ranks that hold the true median 95 times of 100 in a sample of 100 (binomial): 40 to 61, counted from 1.
        assertThat(Median.least(hundred)).isBetween(38.0, 41.0);
        assertThat(Median.most(hundred)).isBetween(59.0, 62.0);
        assertThat(Median.least(List.of(1.0, 2.0, 3.0))).isEqualTo(1.0);
        assertThat(Median.most(List.of(1.0, 2.0, 3.0))).isEqualTo(3.0);
    }
}
