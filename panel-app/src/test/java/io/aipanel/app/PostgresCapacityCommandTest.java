package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PostgresCapacityCommandTest extends OnPostgres implements CapacityCommandContract {

    @Test
    void theLimitsOfSqliteNoLongerApplyAndTheEngineSaysWhatDoes() {
        assertThat(commands().run("capacity").out()).contains("they no longer apply", "connections");

        JsonNode capacity = commands().json("capacity");

        assertThat(capacity.path("state").asText()).isEqualTo("ok");
        assertThat(capacity.path("limitsApply").asBoolean()).isFalse();
        assertThat(capacity.at("/thresholds/0/forecast").isNull()).isTrue();
        assertThat(capacity.path("engineFigures").findValuesAsText("name")).contains("connections");
        assertThat(commands().run("doctor").out()).containsPattern("capacity +ok +the limits of SQLite do not apply");
    }
}
