package io.aipanel.bench.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.engine.StartsPostgres;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real run, far too small for its figures to mean anything. */
@StartsPostgres
class AuditBenchTest {

    private static final AuditSize TINY = new AuditSize(Duration.ofMillis(20), 4, 300, 600, 900);

    @ParameterizedTest
    @EnumSource
    void everyFigureIsThere(EngineName name) throws Exception {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Measured measured;
        try (Engine engine = Engine.start(name)) {
            measured = new AuditBench().run(new BenchRun(engine, false, true, Set.of(), silent), TINY);
        }

        assertThat(measured.results())
                .extracting(Result::name)
                .containsExactly(
                        "append.1",
                        "append.16",
                        "append.64",
                        "append.bulk",
                        "page.p95",
                        "summary.p95",
                        "proof.p95",
                        "page.p95.10gb")
                .isEqualTo(new AuditBench().results(name));
        assertThat(measured.results())
                .allSatisfy(result -> assertThat(result.value()).isPositive());
        assertThat(measured.results().subList(0, 4))
                .allSatisfy(result -> assertThat(result.ratio()).containsOnlyKeys("no-tree", "raw-jdbc"));
        assertThat(new AuditBench().results(name))
                .containsAll(new AuditBench()
                        .targets(name).stream().map(Target::result).toList());
    }
}
