package io.aipanel.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Calls that come by the clock. */
class OpenLoopTest {

    @Test
    void callsThatWaitForAThreadCountFromWhenTheyWereDue() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch rest = new CountDownLatch(100);
        try (OpenLoop loop = new OpenLoop("calls", 1_000, 1, () -> {
            stalled.countDown();
            goOn.await();
            rest.countDown();
        })) {
            stalled.await();
            long begin = System.nanoTime();
            OpenLoop.run(List.of(loop), Duration.ofMillis(200));
            goOn.countDown();
            rest.await();
            long took = System.nanoTime() - begin;

            // Some 200 calls became due while one was under way. Whoever asks only after each answer saw one slow call.
            Histogram nanos = loop.sinceLastTime();
            assertThat(nanos.getMaxValue()).isGreaterThan(Duration.ofMillis(199).toNanos());
            assertThat(nanos.getValueAtPercentile(50))
                    .as("most calls have waited, within the %d ns that it took", took)
                    .isGreaterThan(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void aCallThatFailsEndsIt() {
        try (OpenLoop loop = new OpenLoop("calls", 1_000, 2, () -> {
            throw new IllegalStateException("no");
        })) {
            assertThatThrownBy(() -> OpenLoop.run(List.of(loop), Duration.ofMinutes(5)))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("no");
        }
    }

    @Test
    void callsAreDueAtTheRateThatWasAskedForAndInOrder() {
        Arrivals arrivals = new Arrivals(1_000, 0);
        long before = 0;
        for (int i = 0; i < 100_000; i++) {
            long next = arrivals.next();
            assertThat(next).isGreaterThanOrEqualTo(before);
            before = next;
        }

        assertThat(before / 1e9)
                .as("seconds until call 100 000 of 1 000 a second")
                .isBetween(99.0, 101.0);
    }
}
