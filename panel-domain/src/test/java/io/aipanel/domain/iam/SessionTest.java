package io.aipanel.domain.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Secret;
import io.aipanel.domain.Text;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Instant T0 = Instant.parse("2026-01-15T10:00:00Z");
    private static final SessionPolicy POLICY = new SessionPolicy(Duration.ofMinutes(30), Duration.ofHours(12));

    private static Session session(Instant lastSeenAt, String address, String agent) {
        return new Session(
                new SessionId(UUID.randomUUID()),
                TokenHash.of(new Secret("token")),
                new UserId(UUID.randomUUID()),
                T0,
                lastSeenAt,
                T0.plus(POLICY.absolute()),
                address,
                agent);
    }

    @Test
    void aSessionEndsWhenItHasRestedTooLong() {
        Session session = session(T0, "", "");

        assertThat(session.isLive(T0.plus(POLICY.idle()).minusNanos(1), POLICY)).isTrue();
        assertThat(session.isLive(T0.plus(POLICY.idle()), POLICY)).isFalse();
    }

    @Test
    void aSessionEndsHoweverOftenItIsUsed() {
        Instant end = T0.plus(POLICY.absolute());
        Session session = session(end.minusSeconds(1), "", "");

        assertThat(session.isLive(end.minusNanos(1), POLICY)).isTrue();
        assertThat(session.isLive(end, POLICY)).isFalse();
    }

    @Test
    void theLastUseIsWrittenAtMostOnceAMinute() {
        Session session = session(T0, "", "");

        assertThat(session.isLastSeenStale(T0.minusSeconds(90))).isFalse();
        assertThat(session.isLastSeenStale(T0.plusMillis(59_999))).isFalse();
        assertThat(session.isLastSeenStale(T0.plusSeconds(60))).isTrue();
    }

    @Test
    void whatABrowserCallsItselfIsShortened() {
        assertThat(session(T0, "", "x\0".repeat(1000)).agent().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(Text.INDEXED_BYTES);
        assertThat(session(T0, "", "a browser").agent()).isEqualTo("a browser");
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        assertThat(session(T0, "x".repeat(100), "").address()).hasSize(100);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> session(T0, "x".repeat(101), ""))
                .satisfies(e -> assertThat(e.field()).isEqualTo("address"));
    }

    @Test
    void aPolicyKeepsItsBounds() {
        Duration idle = Duration.ofMinutes(2);
        assertThat(new SessionPolicy(idle, idle).absolute()).isEqualTo(idle);
        assertThat(new SessionPolicy(Duration.ofDays(30), Duration.ofDays(365)).idle())
                .isEqualTo(Duration.ofDays(30));
        refused("iam.session.idle", idle.minusNanos(1), Duration.ofDays(1));
        refused("iam.session.idle", Duration.ofDays(30).plusNanos(1), Duration.ofDays(90));
        refused("iam.session.absolute", Duration.ofMinutes(30), Duration.ofMinutes(29));
        refused(
                "iam.session.absolute",
                Duration.ofMinutes(30),
                Duration.ofDays(365).plusNanos(1));
    }

    private static void refused(String field, Duration idle, Duration absolute) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SessionPolicy(idle, absolute))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
