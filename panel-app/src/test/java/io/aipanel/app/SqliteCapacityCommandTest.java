package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.JobMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteCapacityCommandTest extends OnSqlite implements CapacityCommandContract {

    @Test
    void aBreachEndsWithThree() {
        pastTheLimit();

        Outcome breached = commands().run("capacity");

        assertThat(breached.exitCode()).isEqualTo(3);
        assertThat(breached.out())
                .startsWith("Past a limit of SQLite: audit-bytes.")
                .containsPattern("audit-bytes .* 1 kB +########## [0-9]+ % +breached")
                .contains("panel audit cut");
        Outcome json = commands().run("capacity", "--json");
        assertThat(json.exitCode()).isEqualTo(3);
        JsonNode document = Commands.document(json.out());
        assertThat(document.path("state").asText()).isEqualTo("breached");
        assertThat(document.path("limitsApply").asBoolean()).isTrue();
    }

    @Test
    void theDoctorTellsABreach() {
        assertThat(commands().run("doctor").out()).containsPattern("capacity +ok +no limit is near");

        pastTheLimit();
        Outcome outcome = commands().run("doctor");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).containsPattern("capacity +WRONG +audit-bytes is breached");
    }

    /** A log that was larger than a small limit in every minute of the last half hour. */
    private void pastTheLimit() {
        try (Panel panel = Panel.open(PanelOptions.of(storage()).jobs(JobMode.OFF))) {
            panel.settings().set(Actor.program("test"), new SettingName("capacity.limit.audit-bytes"), "1000");
        }
        Instant now = Step.MINUTE.floor(Instant.now());
        List<Sample> samples = new ArrayList<>();
        for (int minute = 0; minute <= 30; minute++) {
            samples.add(Sample.of(Series.AUDIT_BYTES, now.minus(Duration.ofMinutes(minute)), 50_000));
        }
        try (Storage storage = commands().open()) {
            storage.capacity().put(samples);
        }
    }
}
