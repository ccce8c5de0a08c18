package io.aipanel.domain.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CapacityRulesTest {

    @Test
    void theDefaultsAreThoseOfTheDecision() {
        assertThat(CapacityRules.DEFAULT.limits())
                .isEqualTo(Map.of(
                        Threshold.JOBS_PER_MINUTE, 500d,
                        Threshold.AUDIT_BYTES, 10e9,
                        Threshold.WRITE_P95, 200d,
                        Threshold.SESSIONS, 100d));
        assertThat(CapacityRules.DEFAULT.windowMinutes()).isEqualTo(15);
        assertThat(CapacityRules.DEFAULT.warningAt(Threshold.WRITE_P95)).isEqualTo(160);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        CapacityRules rules = CapacityRules.DEFAULT;

        List<Map.Entry<String, Runnable>> wrong = List.of(
                Map.entry("capacity.limit.sessions", () -> rules.limit(Threshold.SESSIONS, 0)),
                Map.entry("capacity.limit.write-p95", () -> rules.limit(Threshold.WRITE_P95, Double.NaN)),
                Map.entry("capacity.window", () -> rules.window(Duration.ofSeconds(90))),
                Map.entry("capacity.window", () -> rules.window(Duration.ZERO)),
                Map.entry("capacity.window", () -> rules.window(Duration.ofDays(2))),
                Map.entry("capacity.warning-share", () -> rules.warningShare(1)),
                Map.entry("capacity.warning-share", () -> rules.warningShare(0)),
                Map.entry("capacity.hysteresis", () -> rules.hysteresis(0.6)),
                Map.entry("capacity.minimum-interval", () -> rules.minimumInterval(Duration.ofDays(8))));

        assertThat(wrong)
                .allSatisfy(each -> assertThatThrownBy(each.getValue()::run)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageStartingWith(each.getKey() + " must be"));
    }

    @Test
    void aSampleBeginsWithItsStep() {
        Instant time = Instant.parse("2026-03-01T12:34:56Z");

        assertThat(Step.MINUTE.floor(time)).isEqualTo("2026-03-01T12:34:00Z");
        assertThat(Step.HOUR.floor(time)).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(Step.DAY.floor(time)).isEqualTo("2026-03-01T00:00:00Z");
        assertThatThrownBy(() -> Sample.of(Series.SESSIONS, time, 1)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Sample.of(Series.SESSIONS, Step.MINUTE.floor(time), -1))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aSampleWithoutValuesHasNoMean() {
        Sample none = new Sample(Series.WRITE_AUDIT, Step.MINUTE, Instant.EPOCH, "host", 0, 0, 0, 0, Optional.empty());

        assertThat(none.mean()).isZero();
        assertThat(Sample.of(Series.SESSIONS, Instant.EPOCH, 3).mean()).isEqualTo(3);
    }

    @Test
    void everythingIsFoundByItsName() {
        assertThat(Threshold.values()).allMatch(each -> Threshold.ofWireName(each.wireName()) == each);
        assertThat(Series.values()).allMatch(each -> Series.ofWireName(each.wireName()) == each);
        assertThat(Step.values()).allMatch(each -> Step.ofWireName(each.wireName()) == each);
        assertThat(ThresholdState.values()).allMatch(each -> ThresholdState.ofWireName(each.wireName()) == each);
        assertThat(Metric.all()).allMatch(each -> Metric.ofName(each.name()).equals(each));
        assertThat(Metric.all())
                .extracting(Metric::name)
                .containsExactly(
                        "jobs-per-minute",
                        "audit-bytes",
                        "write-p95",
                        "sessions",
                        "write-panel",
                        "write-audit",
                        "write-queue");
        assertThatThrownBy(() -> Metric.ofName("load")).hasMessageContaining("metric must be among jobs-per-minute");
    }
}
