package io.aipanel.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewAuditEventTest {

    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00.123456Z");

    private static NewAuditEvent event(String actor, String action, String target, String address, String requestId) {
        return new NewAuditEvent(
                NOW.plusNanos(999),
                actor,
                action,
                target,
                AuditOutcome.SUCCESS,
                Optional.of(address),
                Optional.of(requestId),
                JsonText.EMPTY_OBJECT);
    }

    private static void refused(String field, Runnable call) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void aTimeIsCutToMicroseconds() {
        assertThat(event("a", "b", "", "c", "d").at()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Site.create",
                "site.",
                ".create",
                "site..create",
                "site create",
                "1site",
                "site.1",
                "site%",
                "s\u00EFte"
            })
    void anActionOfAnotherFormIsRefused(String action) {
        refused("action", () -> event("a", action, "", "c", "d"));
    }

    @Test
    void textOutOfRangeIsRefused() {
        String tooLong = "x".repeat(Text.INDEXED_BYTES + 1);
        refused("actor", () -> event(" ", "b", "", "c", "d"));
        refused("actor", () -> event(tooLong, "b", "", "c", "d"));
        refused("action", () -> event("a", "b".repeat(101), "", "c", "d"));
        refused("target", () -> event("a", "b", tooLong, "c", "d"));
        refused("address", () -> event("a", "b", "", "", "d"));
        refused("address", () -> event("a", "b", "", "x".repeat(101), "d"));
        refused("requestId", () -> event("a", "b", "", "c", "with blank "));
        refused("requestId", () -> event("a", "b", "", "c", "x".repeat(65)));
        refused("requestId", () -> event("a", "b", "", "c", ""));
    }

    @Test
    void anIndexIsNotNegative() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new AuditEvent(-1, event("a", "b", "", "c", "d")));
    }

    @Test
    void aFilterRoundsItsTimesUp() {
        AuditFilter filter = filter(Optional.of(NOW.plusNanos(1)), Optional.of(NOW), Optional.empty());

        assertThat(filter.from()).contains(NOW.plusNanos(1000));
        assertThat(filter.to()).contains(NOW);
    }

    @Test
    void aFilterThatNoEventCouldMatchIsRefused() {
        refused("from", () -> filter(Optional.of(Instant.MIN), Optional.empty(), Optional.empty()));
        refused("to", () -> filter(Optional.empty(), Optional.of(Timestamps.MAX.plusSeconds(1)), Optional.empty()));
        refused("actor", () -> filter(Optional.empty(), Optional.empty(), Optional.of("a\0b")));
        refused("actor", () -> filter(Optional.empty(), Optional.empty(), Optional.of("x".repeat(513))));
        refused("address", () -> AuditFilter.OLDEST.address("\0"));
        refused("requestId", () -> AuditFilter.OLDEST.requestId("x".repeat(513)));
        refused("text", () -> AuditFilter.OLDEST.actor("anna").text(" "));
    }

    @Test
    void aTextOfTheDetailsIsAskedForTogetherWithSomethingElse() {
        refused("text", () -> AuditFilter.OLDEST.text("needle"));
        assertThat(AuditFilter.OLDEST.actor("anna").text("needle").text()).contains("needle");
        assertThat(AuditFilter.OLDEST.from(NOW).text("needle").text()).contains("needle");
    }

    private static AuditFilter filter(Optional<Instant> from, Optional<Instant> to, Optional<String> actor) {
        return new AuditFilter(
                from,
                to,
                actor,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
