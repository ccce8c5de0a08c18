package io.aipanel.bench.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.harness.Target;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real run, far too small for its figures to mean anything. */
class QueueBenchTest {

    private static final QueueSize TINY = new QueueSize(
            100, 300, 0, 50, Duration.ofMillis(100), 5, 20, 2, Duration.ofMillis(200), Duration.ofMillis(100));

    @Test
    void everyFigureIsThereAndSoIsTheRatioToEveryPeer() throws Exception {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Measured measured;
        try (Engine engine = Engine.start(EngineName.SQLITE)) {
            measured = new QueueBench().run(new BenchRun(engine, true, true, Set.of(), silent), TINY);
        }

        assertThat(measured.main()).hasValueSatisfying(main -> {
            assertThat(main.amount()).isEqualTo(300);
            assertThat(main.window()).isPositive();
        });
        assertThat(measured.results())
                .extracting(Result::name)
                .containsExactly(
                        "lifecycle.bulk",
                        "enqueue.64-callers",
                        "enqueue.64-callers.p99",
                        "wakeup.p50",
                        "wakeup.p99",
                        "wakeup.max",
                        "claim.large-history")
                .isEqualTo(new QueueBench().results(EngineName.SQLITE));
        assertThat(measured.results()).allSatisfy(result -> {
            assertThat(result.value()).isPositive();
            assertThat(result.ratio().values())
                    .allSatisfy(ratio -> assertThat(ratio).isPositive());
        });
        assertThat(measured.results().get(0).ratio()).containsOnlyKeys("raw-jdbc", "jobrunr");
        assertThat(measured.results().get(6).ratio()).containsOnlyKeys("empty");
    }

    @Test
    void whatIsHeldToATargetIsMeasured() {
        assertThat(namesOfTargets(EngineName.SQLITE))
                .containsExactlyInAnyOrder(
                        "lifecycle.bulk",
                        "enqueue.64-callers",
                        "enqueue.64-callers.p99",
                        "wakeup.p99",
                        "claim.large-history");
        assertThat(namesOfTargets(EngineName.POSTGRES))
                .containsExactlyInAnyOrder(
                        "lifecycle.bulk", "wakeup.p99", "claim.large-history", "lifecycle.long-transaction");
    }

    private static Set<String> namesOfTargets(EngineName engine) {
        return new QueueBench().targets(engine).stream().map(Target::result).collect(Collectors.toSet());
    }
}
