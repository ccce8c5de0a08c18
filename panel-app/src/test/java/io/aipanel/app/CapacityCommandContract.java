package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import org.junit.jupiter.api.Test;

/** Capacity at the command line, on every engine. */
interface CapacityCommandContract {

    /** Commands on a storage that is empty at first. */
    Commands commands();

    @Test
    default void everyThresholdIsThereForPrograms() {
        JsonNode capacity = commands().json("capacity");

        assertThat(capacity.path("thresholds").findValuesAsText("name"))
                .containsExactly("jobs-per-minute", "audit-bytes", "write-p95", "sessions");
        assertThat(capacity.at("/thresholds/1/value").asLong()).isPositive();
        assertThat(capacity.at("/thresholds/1/limit").asText()).isEqualTo("10000000000");
        assertThat(capacity.at("/thresholds/1/state").asText()).isEqualTo("ok");
        assertThat(capacity.at("/thresholds/3").has("forecast")).isTrue();
    }

    @Test
    default void everyThresholdIsThereForPeople() {
        Outcome outcome = commands().run("capacity");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("jobs-per-minute", "audit-bytes", "write-p95", "sessions");
    }
}
