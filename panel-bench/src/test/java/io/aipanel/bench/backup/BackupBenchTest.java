package io.aipanel.bench.backup;

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
class BackupBenchTest {

    private static final BackupSize TINY = new BackupSize(1_000_000, 1, Duration.ofMillis(100), Duration.ofMillis(100));

    @ParameterizedTest
    @EnumSource
    void everyFigureIsThere(EngineName name) throws Exception {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Measured measured;
        try (Engine engine = Engine.start(name)) {
            measured = new BackupBench().run(new BenchRun(engine, false, true, Set.of(), silent), TINY);
        }

        assertThat(measured.results())
                .extracting(Result::name)
                .containsExactly(
                        "copy", "write.p99", "stall.max", "write.p99.long-transaction", "stall.max.long-transaction")
                .isEqualTo(new BackupBench().results(name));
        assertThat(measured.results())
                .allSatisfy(result -> assertThat(result.value()).isPositive());
        assertThat(measured.results().get(1).ratio()).containsOnlyKeys("idle");
        if (name == EngineName.SQLITE) {
            assertThat(measured.results().get(0).ratio()).containsOnlyKeys("cp");
        }
        assertThat(new BackupBench().results(name))
                .containsAll(new BackupBench()
                        .targets(name).stream().map(Target::result).toList());
    }
}
