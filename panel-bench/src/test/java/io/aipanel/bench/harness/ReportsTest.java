package io.aipanel.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.bench.engine.EngineName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How results are told. */
class ReportsTest {

    private static final Environment ENVIRONMENT = new Environment(
            2, "17.0.15", "SQLite 3.54.1", "FULL", false, Optional.of(new Rate(1_000_000, Duration.ofMillis(16_331))));

    private static final Outcome OUTCOME = new Outcome(
            "queue",
            EngineName.SQLITE,
            ENVIRONMENT,
            List.of(
                    Result.of("lifecycle.bulk", 61_234.5, "jobs/s")
                            .beside("jobrunr", 1_523.246)
                            .beside("raw-jdbc", 90_050.735),
                    Result.of("wakeup.p99", 3.25, "ms")));

    @Test
    void theDocumentForProgramsHasTheShapeTheyRelyOn() throws Exception {
        JsonNode document = new ObjectMapper().readTree(JsonReport.of(OUTCOME));

        assertThat(document.get("bench").asText()).isEqualTo("queue");
        assertThat(document.get("engine").asText()).isEqualTo("sqlite");
        JsonNode environment = document.get("environment");
        assertThat(environment.get("cpus").isInt()).isTrue();
        assertThat(environment.get("java").asText()).isEqualTo("17.0.15");
        assertThat(environment.get("database").asText()).isEqualTo("SQLite 3.54.1");
        assertThat(environment.get("durability").asText()).isEqualTo("FULL");
        assertThat(environment.get("jobs").asLong()).isEqualTo(1_000_000);
        assertThat(environment.get("window").asDouble()).isEqualTo(16_331);

        JsonNode bulk = document.get("results").get(0);
        assertThat(bulk.get("name").asText()).isEqualTo("lifecycle.bulk");
        assertThat(bulk.get("value").asDouble()).isEqualTo(61_234.5);
        assertThat(bulk.get("unit").asText()).isEqualTo("jobs/s");
        assertThat(bulk.get("ratio").get("jobrunr").asDouble()).isCloseTo(40.2, within(0.001));
        assertThat(bulk.get("ratio").get("raw-jdbc").asDouble()).isCloseTo(0.68, within(0.001));
    }

    @Test
    void aFigureThatIsNotComparedHasAnEmptyRatio() throws Exception {
        JsonNode wakeUp = new ObjectMapper()
                .readTree(JsonReport.of(OUTCOME))
                .get("results")
                .get(1);

        assertThat(wakeUp.get("ratio").isObject()).isTrue();
        assertThat(wakeUp.get("ratio").isEmpty()).isTrue();
    }

    @Test
    void theTableSaysWhichTargetsAreMet() {
        List<Target> targets = List.of(
                Target.atLeast("lifecycle.bulk", 50_000),
                Target.atLeast("lifecycle.bulk", 0.7).beside("raw-jdbc"),
                Target.atMost("wakeup.p99", 3));

        assertThat(TextReport.of(OUTCOME, targets).lines())
                .anySatisfy(line ->
                        assertThat(line).contains("SQLite 3.54.1", "durability FULL", "1000000 jobs in 16331 ms"))
                .anySatisfy(line -> assertThat(line).matches("lifecycle.bulk .*≥ 50000 +met"))
                .anySatisfy(line -> assertThat(line).matches(" +ratio to raw-jdbc .*≥ 0.70 +not met"))
                .anySatisfy(line -> assertThat(line).matches(" +ratio to jobrunr +40.20"))
                .anySatisfy(line -> assertThat(line).matches("wakeup.p99 .*≤ 3.00 +not met"));
    }

    @Test
    void aLimitItselfIsGood() {
        assertThat(Target.atLeast("a", 2).isMet(2)).isTrue();
        assertThat(Target.atLeast("a", 2).isMet(1.999)).isFalse();
        assertThat(Target.atMost("a", 2).isMet(2)).isTrue();
        assertThat(Target.atMost("a", 2).isMet(2.001)).isFalse();
    }
}
