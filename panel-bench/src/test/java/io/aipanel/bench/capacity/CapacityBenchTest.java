package io.aipanel.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.engine.StartsPostgres;
import io.aipanel.bench.harness.BenchRun;
import io.aipanel.bench.harness.Chart;
import io.aipanel.bench.harness.Measured;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Result;
import io.aipanel.bench.harness.Target;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real run, far too small for its figures to mean anything. */
@StartsPostgres
class CapacityBenchTest {

    private static final Duration MOMENT = Duration.ofMillis(40);
    /** Long enough for a write, also where the processors are busy with other tests. */
    private static final Duration LONG_ENOUGH = Duration.ofMillis(300);

    private static final CapacitySize TINY = new CapacitySize(
            1_000_000,
            2,
            MOMENT,
            LONG_ENOUGH,
            MOMENT,
            MOMENT,
            List.of(200, 400),
            LONG_ENOUGH,
            300,
            MOMENT,
            1,
            MOMENT,
            1,
            1_000);

    private final Progress silent =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

    @ParameterizedTest
    @EnumSource
    void everyFigureIsThere(EngineName name) throws Exception {
        Measured measured;
        try (Engine engine = Engine.start(name)) {
            measured = new CapacityBench().run(new BenchRun(engine, false, true, Set.of(), silent), TINY);
        }

        assertThat(new CapacityBench().results(name))
                .contains("write.p95.1x", "write.p95.4x", "write.p95.16x", "write.p95.64x", "write.p95.10x")
                .contains("write.p95.jobs.64x", "write.p95.sessions.64x", "write.p95.audit.64x")
                .doesNotHaveDuplicates()
                // In so short a time some loads write nothing.
                .containsSubsequence(
                        measured.results().stream().map(Result::name).toList());
        Map<String, Result> byName =
                measured.results().stream().collect(Collectors.toMap(Result::name, Function.identity()));
        assertThat(byName.get("write.p95.64x").value()).isPositive();
        assertThat(byName.get("write.p95.64x.audit").value())
                .as("the worst store is what counts")
                .isLessThanOrEqualTo(byName.get("write.p95.64x").value());
        assertThat(byName.get("write.rate.max").value()).isPositive();
        assertThat(measured.charts())
                .extracting(Chart::name)
                .isEqualTo(new CapacityBench().charts(name))
                .hasSize(3);
        assertThat(measured.charts())
                .allSatisfy(chart -> assertThat(chart.isEmpty()).isFalse());
        if (name == EngineName.SQLITE) {
            assertThat(byName.get("write.p95.one-file").ratio()).containsOnlyKeys("one-file");
        }
        assertThat(new CapacityBench().results(name))
                .containsAll(new CapacityBench()
                        .targets(name).stream().map(Target::result).toList());
    }

    @Test
    void nothingIsMeasuredThatNobodyAskedFor() throws Exception {
        Measured measured;
        try (Engine engine = Engine.start(EngineName.SQLITE)) {
            measured =
                    new CapacityBench().run(new BenchRun(engine, false, true, Set.of("measuring.nanos"), silent), TINY);
        }

        assertThat(measured.results()).extracting(Result::name).containsExactly("measuring.cost", "measuring.nanos");
        assertThat(measured.charts())
                .allSatisfy(chart -> assertThat(chart.isEmpty()).isTrue());
    }
}
