package io.aipanel.service.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.service.PanelTest;
import io.aipanel.service.audit.RefusalLog;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationTest extends PanelTest {

    private static final Secret WRONG = new Secret("not the password");
    private static final Actor HERE = Actor.anonymous(Optional.of("192.0.2.1"), Optional.empty());

    @Test
    void aUserWithTheRightPasswordIsLetInAndRecognisedAgain() {
        user("anna@example.com", "operator");

        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("Anna@Example.com", PASSWORD, "192.0.2.1");

        Authenticated again = panel.authentication().bySession(in.token(), HERE).orElseThrow();
        assertThat(again.user().email().value()).isEqualTo("anna@example.com");
        assertThat(again.actor().name()).isEqualTo("user:anna@example.com");
        assertThat(again.user().lastLoginAt()).contains(clock.instant());
        assertThat(actions()).containsExactly("user.add", "session.login");
    }

    @Test
    void wrongPasswordUnknownUserAndDisabledUserGetTheSameAnswer() {
        user("admin@example.com", "admin");
        User disabled = user("off@example.com", "user");
        panel.users().change(PROGRAM, disabled.id(), UserChange.status(UserStatus.DISABLED), Optional.empty());

        LogInResult refused = new LogInResult.Refused();
        assertThat(logIn("admin@example.com", WRONG, "192.0.2.1")).isEqualTo(refused);
        assertThat(logIn("nobody@example.com", PASSWORD, "192.0.2.2")).isEqualTo(refused);
        assertThat(logIn("off@example.com", PASSWORD, "192.0.2.3")).isEqualTo(refused);
    }

    @Test
    void anOverlongPasswordIsOnlyWrong() {
        user("anna@example.com", "user");
        assertThat(logIn("anna@example.com", new Secret("x".repeat(100_000)), "192.0.2.1"))
                .isEqualTo(new LogInResult.Refused());
    }

    @Test
    void afterFiveFailuresNotEvenTheRightPasswordIsTriedUntilTheWindowIsOver() {
        user("anna@example.com", "user");
        for (int i = 0; i < 5; i++) {
            assertThat(logIn("anna@example.com", WRONG, "192.0.2." + i)).isEqualTo(new LogInResult.Refused());
            clock.advance(Duration.ofMinutes(1));
        }

        LogInResult answer = logIn("anna@example.com", PASSWORD, "192.0.2.9");

        assertThat(answer).isEqualTo(new LogInResult.Throttled(Duration.ofMinutes(10)));
        clock.advance(Duration.ofMinutes(10));
        assertThat(logIn("anna@example.com", PASSWORD, "192.0.2.9")).isInstanceOf(LogInResult.LoggedIn.class);
    }

    @Test
    void failuresForManyAccountsFromOneAddressAreCountedTogether() {
        user("anna@example.com", "user");
        for (int i = 0; i < 5; i++) {
            logIn("guess" + i + "@example.com", WRONG, "2001:db8::" + i);
        }

        assertThat(logIn("anna@example.com", PASSWORD, "2001:db8::ffff")).isInstanceOf(LogInResult.Throttled.class);
        assertThat(logIn("anna@example.com", PASSWORD, "2001:db8:0:1::1")).isInstanceOf(LogInResult.LoggedIn.class);
    }

    @Test
    void anAttackerWithAnAccountOfTheirOwnCannotClearTheFailuresOfTheirAddress() {
        user("mallory@example.com", "user");
        for (int i = 0; i < 4; i++) {
            logIn("guess" + i + "@example.com", WRONG, "192.0.2.1");
        }
        assertThat(logIn("mallory@example.com", PASSWORD, "192.0.2.1")).isInstanceOf(LogInResult.LoggedIn.class);

        assertThat(logIn("guess@example.com", WRONG, "192.0.2.1")).isEqualTo(new LogInResult.Refused());
        assertThat(logIn("guess@example.com", WRONG, "192.0.2.1")).isInstanceOf(LogInResult.Throttled.class);
    }

    @Test
    void tenThousandFailedLoginsGrowTheAuditLogByABoundedAmount() {
        user("anna@example.com", "user");

        for (int i = 0; i < 10_000; i++) {
            String account = i % 2 == 0 ? "anna@example.com" : "guess" + i + "@example.com";
            logIn(account, WRONG, "10.0.0." + (i % 4));
        }
        clock.advance(Duration.ofMinutes(16));
        logIn("anna@example.com", WRONG, "192.0.2.1");
        panel.close();
        open();

        long refusals = events().stream()
                .filter(event -> event.event().outcome() == AuditOutcome.REFUSED)
                .count();
        assertThat(refusals).isBetween(5L, 2 * (RefusalLog.MAX_KEYS + 2L));
        assertThat(events().stream()
                        .filter(event -> event.event().details().value().contains("furtherRefusals")))
                .as("refusals that were only counted are recorded when their window is over")
                .isNotEmpty();
    }

    @Test
    void aSessionEndsAfterItsRestAndAfterItsWholeLife() {
        user("anna@example.com", "user");
        LogInResult.LoggedIn resting = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");
        LogInResult.LoggedIn busy = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");

        for (int i = 0; i < 12 * 3; i++) {
            assertThat(panel.authentication().bySession(busy.token(), HERE)).isPresent();
            clock.advance(Duration.ofMinutes(20));
        }

        assertThat(panel.authentication().bySession(resting.token(), HERE)).isEmpty();
        assertThat(panel.authentication().bySession(busy.token(), HERE))
                .as("a session ends after 12 hours, however much it is used")
                .isEmpty();
    }

    @Test
    void theLastUseOfASessionIsWrittenAtMostOnceAMinute() {
        User anna = user("anna@example.com", "user");
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");

        clock.advance(Duration.ofSeconds(59));
        panel.authentication().bySession(in.token(), HERE);
        assertThat(session(anna).lastSeenAt()).isEqualTo(in.session().lastSeenAt());
        clock.advance(Duration.ofSeconds(1));
        panel.authentication().bySession(in.token(), HERE);
        assertThat(session(anna).lastSeenAt()).isEqualTo(clock.instant());
    }

    @Test
    void aSettingChangesHowLongSessionsLast() {
        user("anna@example.com", "user");
        panel.settings().set(PROGRAM, new SettingName("iam.session.idle"), "PT5M");
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");

        clock.advance(Duration.ofMinutes(5));

        assertThat(panel.authentication().bySession(in.token(), HERE)).isEmpty();
    }

    @Test
    void loggingOutEndsTheSessionAndIsRecorded() {
        user("anna@example.com", "user");
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");
        Authenticated anna = panel.authentication().bySession(in.token(), HERE).orElseThrow();

        panel.authentication().logOut(anna.actor(), anna.session().orElseThrow());

        assertThat(panel.authentication().bySession(in.token(), HERE)).isEmpty();
        assertThat(actions()).endsWith("session.logout");
    }

    @Test
    void aTokenThatWasNeverGivenIsNobody() {
        assertThat(panel.authentication().bySession(new Secret(""), HERE)).isEmpty();
        assertThat(panel.authentication().bySession(new Secret("\u0000'; --"), HERE))
                .isEmpty();
        assertThat(panel.authentication().byApiToken(new Secret("panel_x"), HERE))
                .isEmpty();
    }

    @Test
    void endedSessionsAreSweptAndLiveOnesStay() {
        User anna = user("anna@example.com", "user");
        logIn("anna@example.com", PASSWORD, "192.0.2.1");
        clock.advance(Duration.ofMinutes(31));
        logIn("anna@example.com", PASSWORD, "192.0.2.1");

        assertThat(panel.sessions().sweep()).isEqualTo(1);
        assertThat(panel.sessions()
                        .list(PROGRAM, anna.id(), PageRequest.first(10))
                        .items())
                .hasSize(1)
                .allMatch(session -> panel.sessions().isLive(session));
    }

    private Session session(User user) {
        return panel.sessions()
                .list(PROGRAM, user.id(), PageRequest.first(1))
                .items()
                .get(0);
    }
}
