package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.service.Json;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a change. */
class CapacityNoticeTest {

    private static final UUID ID = UUID.fromString("019abc00-0000-7000-8000-000000000001");
    private static final Instant SINCE = Instant.parse("2026-11-23T21:40:00Z");

    @Test
    void asJsonItHasEverythingInPlainNumbers() {
        StateChange change = new StateChange(
                Threshold.AUDIT_BYTES,
                ThresholdState.WARNING,
                ThresholdState.BREACHED,
                Optional.of(12_345_678_901.4),
                10_000_000_000d,
                SINCE);

        CapacityNotice notice =
                CapacityNotice.of(ID, change, "My \"panel\"", Optional.of(URI.create("https://panel.example.com")));

        assertThat(notice.toJson().value())
                .isEqualTo("{\"type\":\"capacity.state\",\"id\":\"019abc00-0000-7000-8000-000000000001\","
                        + "\"timestamp\":\"2026-11-23T21:40:00Z\",\"panel\":\"My \\\"panel\\\"\","
                        + "\"url\":\"https://panel.example.com\",\"threshold\":\"audit-bytes\",\"from\":\"warning\","
                        + "\"to\":\"breached\",\"value\":12345678901,\"limit\":10000000000,\"unit\":\"bytes\","
                        + "\"share\":1.23457,\"since\":\"2026-11-23T21:40:00Z\",\"advice\":\""
                        + Advice.on(Threshold.AUDIT_BYTES, ThresholdState.BREACHED) + "\",\"test\":false}");
    }

    @Test
    void whatIsNotKnownIsNull() {
        StateChange change = new StateChange(
                Threshold.SESSIONS, ThresholdState.BREACHED, ThresholdState.UNKNOWN, Optional.empty(), 100, SINCE);

        assertThat(CapacityNotice.of(ID, change, "Panel", Optional.empty())
                        .toJson()
                        .value())
                .contains("\"url\":null", "\"value\":null", "\"share\":null", "\"limit\":100,");
    }

    @Test
    void aTestSaysThatItIsOne() {
        CapacityNotice test = CapacityNotice.test(SINCE, "Panel", Optional.empty());

        assertThat(test.toJson().value()).contains("\"to\":\"warning\"", "\"value\":400,", "\"test\":true");
        assertThat(test.advice()).contains("This is a test");
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, OK, false",
        "OK, UNKNOWN, false",
        "UNKNOWN, WARNING, true",
        "OK, WARNING, true",
        "WARNING, BREACHED, true",
        "BREACHED, WARNING, true",
        "WARNING, OK, true",
        "BREACHED, UNKNOWN, true"
    })
    void newsIsWhatCallsForAttentionOrNoLongerDoes(ThresholdState from, ThresholdState to, boolean isNews) {
        StateChange change = new StateChange(Threshold.SESSIONS, from, to, Optional.of(1d), 100, SINCE);

        assertThat(change.isNews()).isEqualTo(isNews);
    }

    @ParameterizedTest
    @EnumSource(Threshold.class)
    void everyThresholdHasItsOwnAdvice(Threshold threshold) {
        assertThat(Advice.on(threshold, ThresholdState.WARNING)).contains("plan for it", "PostgreSQL");
        assertThat(Advice.on(threshold, ThresholdState.BREACHED)).contains("Do not wait", "PostgreSQL");
        assertThat(Advice.on(threshold, ThresholdState.OK)).isEqualTo("Nothing has to be done.");
    }

    @Test
    void theFactsSurviveTheQueue() {
        StateChange change = new StateChange(
                Threshold.WRITE_P95, ThresholdState.OK, ThresholdState.WARNING, Optional.of(161.25), 200, SINCE);
        NoticePayload payload = new NoticePayload("mail anna@example.com", ID, change);

        assertThat(NoticePayload.parse(Json.write(payload.toTree()).value())).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"notifier\": \"x\", \"id\": \"7\"}"})
    void whatSomebodyElseHasEnqueuedIsRefused(String payload) {
        assertThatThrownBy(() -> NoticePayload.parse(payload))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("payload must be what the panel itself has enqueued");
    }

    @Test
    void twoNotifiersOfTheSameNameAreRefused() {
        assertThatThrownBy(() -> CapacityOptions.telling(new Told("pager"), new Told("pager")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same name");
        assertThatThrownBy(() -> CapacityOptions.telling(new Told(" "))).isInstanceOf(InvalidValueException.class);
    }
}
