package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.settings.SettingName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityHttpTest extends HttpTest {

    @Test
    void everyThresholdIsShownWithItsStateAndWhatToDo() {
        JsonNode capacity = admin().get("/api/v1/capacity").expect(200).json();

        assertThat(capacity.path("limitsApply").asBoolean()).isTrue();
        assertThat(capacity.path("thresholds").findValuesAsText("name"))
                .startsWith("jobs-per-minute", "audit-bytes", "write-p95", "sessions");
        JsonNode log = capacity.at("/thresholds/1");
        assertThat(log.path("state").asText()).isEqualTo("ok");
        assertThat(log.path("limit").asText()).as("no exponent").isEqualTo("10000000000");
        assertThat(log.path("value").asLong()).isPositive();
        assertThat(log.path("share").asDouble()).isBetween(0.0, 0.01);
        assertThat(log.at("/forecast/kind").asText()).isEqualTo("unknown");
        assertThat(log.path("advice").asText()).isEqualTo("Nothing has to be done.");
        assertThat(log.path("rationale").asText()).isNotEmpty();
        assertThat(capacity.path("engineFigures")).isEmpty();
    }

    @Test
    void whatGrowsHasDaysUntilItsLimit() {
        growingLog(20);

        JsonNode log = admin().get("/api/v1/capacity").expect(200).json().at("/thresholds/1/forecast");

        assertThat(log.path("kind").asText()).isEqualTo("trend");
        assertThat(log.path("perDay").asDouble()).isBetween(0.99e8, 1.01e8);
        assertThat(log.at("/limit/days").asDouble()).isBetween(79.0, 81.0);
        assertThat(log.at("/limit/low").asDouble())
                .isLessThanOrEqualTo(log.at("/limit/days").asDouble());
        assertThat(log.at("/warning/days").asDouble()).isBetween(59.0, 61.0);
        assertThat(log.path("text").asText()).contains("the limit in 80 days");
    }

    @Test
    void whatComesAndGoesHasTheBusiestWindowThatThereWas() {
        everyMinute(Series.JOBS_PER_MINUTE, 20, 100);

        JsonNode jobs = admin().get("/api/v1/capacity").expect(200).json().at("/thresholds/0/forecast");

        assertThat(jobs.path("kind").asText()).isEqualTo("headroom");
        assertThat(jobs.at("/busiest/value").asDouble()).isEqualTo(100);
        assertThat(jobs.at("/busiest/share").asDouble()).isEqualTo(0.2);
        assertThat(jobs.path("text").asText()).contains("20 % of the limit; there is room for 5 times as much");
    }

    @Test
    void aLimitThatIsPassedIsABreachThatEverybodySees() {
        panel.settings().set(PROGRAM, new SettingName("capacity.limit.audit-bytes"), "1000");
        everyMinute(Series.AUDIT_BYTES, 20, 50_000);

        JsonNode capacity = admin().get("/api/v1/capacity").expect(200).json();

        assertThat(capacity.path("state").asText()).isEqualTo("breached");
        assertThat(capacity.at("/thresholds/1/advice").asText()).contains("panel audit cut");
        JsonNode ready = nobody.get("/health/ready").expect(200).json();
        assertThat(ready.path("status").asText()).isEqualTo("ready");
        JsonNode check = ready.path("checks").get(ready.path("checks").size() - 1);
        assertThat(check.path("name").asText()).isEqualTo("capacity");
        assertThat(check.path("required").asBoolean()).isFalse();
        assertThat(check.path("status").asText()).isEqualTo("failing");
        assertThat(check.path("reason").asText()).contains("audit-bytes is breached at ", "panel audit cut");
        assertThat(nobody.get("/metrics").expect(200).body())
                .contains(
                        "panel_capacity_state{state=\"breached\",threshold=\"audit-bytes\"} 1.0",
                        "panel_capacity_state{state=\"ok\",threshold=\"audit-bytes\"} 0.0",
                        "panel_capacity_limit{threshold=\"audit-bytes\"} 1000.0",
                        "panel_capacity_value{threshold=\"audit-bytes\"}",
                        "panel_capacity_share{threshold=\"audit-bytes\"}");
    }

    @Test
    void aGapInTheHistoryIsAGap() {
        Instant now = Step.MINUTE.floor(clock.instant());
        put(List.of(
                Sample.of(Series.SESSIONS, now.minusSeconds(240), 7),
                Sample.of(Series.SESSIONS, now.minusSeconds(120), 0)));

        JsonNode history = admin().get("/api/v1/capacity/history?metric=sessions&step=minute&from="
                        + now.minusSeconds(240) + "&to=" + now.minusSeconds(60))
                .expect(200)
                .json();

        assertThat(history.path("metric").asText()).isEqualTo("sessions");
        assertThat(history.path("unit").asText()).isEqualTo("sessions");
        assertThat(history.path("step").asText()).isEqualTo("minute");
        assertThat(history.path("points")).hasSize(3);
        assertThat(history.at("/points/0/mean").asInt()).isEqualTo(7);
        assertThat(history.at("/points/1/mean").isNull()).isTrue();
        assertThat(history.at("/points/1/count").asInt(-1)).isZero();
        assertThat(history.at("/points/2/max").asInt(-1)).isZero();
        assertThat(history.at("/points/2/count").asInt()).isEqualTo(1);
    }

    @Test
    void theLastDayByTheHourIsWhatSomebodyWantsWhoSaysNoMore() {
        JsonNode history = admin().get("/api/v1/capacity/history?metric=write-panel")
                .expect(200)
                .json();

        assertThat(history.path("step").asText()).isEqualTo("hour");
        assertThat(history.path("unit").asText()).isEqualTo("ms");
        assertThat(history.path("points").size()).isBetween(24, 25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|metric|must be given: one of jobs-per-minute, audit-bytes, write-p95, sessions",
                "metric=disk|metric|must be among jobs-per-minute",
                "metric=sessions&step=week|step|must be minute, hour or day",
                "metric=sessions&from=yesterday|from|must be a time such as",
                "metric=sessions&to=1|to|must be a time such as",
                "metric=sessions&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|from|must be before to"
            })
    void aQuestionThatMakesNoSenseIsRefusedWithTheFieldThatIsWrong(String query, String field, String message) {
        Answer refused = admin().get("/api/v1/capacity/history?" + query).expectProblem(400, "invalid-value", field);

        assertThat(refused.json().path("detail").asText()).contains(message);
    }

    /** A log that has grown by 100 MB a day up to 2 GB. */
    private void growingLog(int days) {
        Instant now = Step.HOUR.floor(clock.instant());
        List<Sample> hours = new ArrayList<>();
        for (int hour = 0; hour < days * 24; hour++) {
            double bytes = 2e9 - hour / 24.0 * 1e8;
            Sample minute =
                    Sample.of(Series.AUDIT_BYTES, now.minus(Step.HOUR.length().multipliedBy(hour)), bytes);
            hours.add(new Sample(
                    minute.series(),
                    Step.HOUR,
                    minute.at(),
                    minute.source(),
                    1,
                    bytes,
                    bytes,
                    bytes,
                    minute.histogram()));
        }
        put(hours);
    }

    private void everyMinute(Series series, int minutes, double value) {
        Instant now = Step.MINUTE.floor(clock.instant());
        List<Sample> samples = new ArrayList<>();
        for (int minute = 1; minute <= minutes; minute++) {
            samples.add(Sample.of(series, now.minus(Duration.ofMinutes(minute)), value));
        }
        put(samples);
    }

    private void put(List<Sample> samples) {
        MeasuredBefore.put(directory.resolve("data"), samples);
    }
}
