package io.aipanel.service.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StaleVersion;
import io.aipanel.service.NotFound;
import io.aipanel.service.PanelTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UsersTest extends PanelTest {

    private static final UserChange DISABLE = UserChange.status(UserStatus.DISABLED);

    @Test
    void theLastActiveAdminCanNeitherBeDisabledNorDemotedNorRemoved() {
        User admin = user("admin@example.com", "admin");
        User other = user("other@example.com", "admin");
        panel.users().change(PROGRAM, other.id(), DISABLE, Optional.empty());
        UserChange demote =
                new UserChange(Optional.empty(), Optional.empty(), Optional.of(Set.of(new RoleName("user"))));

        assertThatThrownBy(() -> panel.users().change(PROGRAM, admin.id(), DISABLE, Optional.empty()))
                .isInstanceOf(LastAdmin.class);
        assertThatThrownBy(() -> panel.users().change(PROGRAM, admin.id(), demote, Optional.empty()))
                .isInstanceOf(LastAdmin.class);
        assertThatThrownBy(() -> panel.users().remove(PROGRAM, admin.id(), Optional.empty()))
                .isInstanceOf(LastAdmin.class);
        assertThat(panel.users().find(PROGRAM, admin.id())).contains(admin);
    }

    @Test
    void ofTwoAdminsWhoAreDisabledAtOnceOneStays() throws Exception {
        List<User> admins = List.of(user("a@example.com", "admin"), user("b@example.com", "admin"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Boolean>> attempts = admins.stream()
                    .map(admin -> (Callable<Boolean>) () -> {
                        try {
                            panel.users().change(PROGRAM, admin.id(), DISABLE, Optional.empty());
                            return true;
                        } catch (LastAdmin refused) {
                            return false;
                        }
                    })
                    .toList();
            int disabled = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                disabled += attempt.get() ? 1 : 0;
            }
            assertThat(disabled).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nobodyGivesRightsThatTheyDoNotHave() {
        panel.roles()
                .add(
                        PROGRAM,
                        new Role(new RoleName("clerk"), "", Set.of(Permission.USERS_READ, Permission.USERS_WRITE)));
        User admin = user("admin@example.com", "admin");
        user("clerk@example.com", "clerk");
        Actor clerk = actor("clerk@example.com");

        assertThatThrownBy(() -> panel.users().add(clerk, newUser("x@example.com", "admin")))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("sites:write");
        assertThatThrownBy(() -> panel.users().resetPassword(clerk, admin.id(), PASSWORD))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> panel.users().remove(clerk, admin.id(), Optional.empty()))
                .isInstanceOf(PermissionDenied.class);
        assertThat(panel.users().add(clerk, newUser("y@example.com", "clerk")).active())
                .isTrue();
        assertThat(events().stream().filter(event -> event.event().outcome() == AuditOutcome.REFUSED))
                .as("every refusal is recorded")
                .hasSize(3);
    }

    @Test
    void aDisabledUserIsLoggedOutAtOnceAndEnabledAgainMayReturn() {
        user("admin@example.com", "admin");
        User anna = user("anna@example.com", "user");
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.1");

        panel.users().change(PROGRAM, anna.id(), DISABLE, Optional.empty());
        assertThat(panel.authentication().bySession(in.token(), PROGRAM)).isEmpty();
        panel.users().change(PROGRAM, anna.id(), UserChange.status(UserStatus.ACTIVE), Optional.empty());

        assertThat(panel.authentication().bySession(in.token(), PROGRAM))
                .as("old sessions do not come back")
                .isEmpty();
        assertThat(logIn("anna@example.com", PASSWORD, "192.0.2.1")).isInstanceOf(LogInResult.LoggedIn.class);
        assertThat(actions()).contains("user.disable", "user.enable");
    }

    @Test
    void aChangeThatChangesNothingIsNotRecorded() {
        User anna = user("anna@example.com", "user");
        UserChange same = new UserChange(Optional.of("Somebody"), Optional.empty(), Optional.empty());

        assertThat(panel.users().change(PROGRAM, anna.id(), same, Optional.of(1L)))
                .isEqualTo(anna);
        assertThat(actions()).containsExactly("user.add");
    }

    @Test
    void staleAbsentAndTakenAreToldApart() {
        User anna = user("anna@example.com", "user");
        UserChange rename = new UserChange(Optional.of("Anna"), Optional.empty(), Optional.empty());
        panel.users().change(PROGRAM, anna.id(), rename, Optional.of(1L));

        assertThatThrownBy(() -> panel.users().change(PROGRAM, anna.id(), rename, Optional.of(1L)))
                .isInstanceOf(StaleVersion.class);
        assertThatThrownBy(() -> user("ANNA@example.com", "user")).isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> user("b@example.com", "no-such-role")).isInstanceOf(BrokenReference.class);
        panel.users().remove(PROGRAM, anna.id(), Optional.of(2L));
        assertThatThrownBy(() -> panel.users().remove(PROGRAM, anna.id(), Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThat(actions()).containsExactly("user.add", "user.change", "user.remove");
    }

    @Test
    void aNewPasswordEndsEveryOtherSession() {
        User anna = user("anna@example.com", "user");
        Authenticated here = authenticated("anna@example.com");
        LogInResult.LoggedIn elsewhere = (LogInResult.LoggedIn) logIn("anna@example.com", PASSWORD, "192.0.2.7");
        Secret wanted = new Secret("another good one");

        assertThat(panel.users()
                        .changeOwnPassword(
                                here.actor(),
                                new Secret("guessed"),
                                wanted,
                                here.session().map(s -> s.id())))
                .isFalse();
        assertThat(panel.users()
                        .changeOwnPassword(
                                here.actor(), PASSWORD, wanted, here.session().map(s -> s.id())))
                .isTrue();

        assertThat(panel.authentication().bySession(elsewhere.token(), PROGRAM)).isEmpty();
        assertThat(panel.sessions()
                        .list(PROGRAM, anna.id(), PageRequest.first(10))
                        .items())
                .hasSize(1);
        assertThat(logIn("anna@example.com", wanted, "192.0.2.1")).isInstanceOf(LogInResult.LoggedIn.class);
    }

    @Test
    void aSessionDoesNotHelpToGuessThePassword() {
        user("anna@example.com", "user");
        Authenticated thief = authenticated("anna@example.com");
        Secret wanted = new Secret("another good one");
        for (int i = 0; i < 5; i++) {
            assertThat(panel.users()
                            .changeOwnPassword(thief.actor(), new Secret("guess " + i), wanted, Optional.empty()))
                    .isFalse();
        }

        assertThatThrownBy(() -> panel.users().changeOwnPassword(thief.actor(), PASSWORD, wanted, Optional.empty()))
                .isInstanceOf(TooManyAttempts.class);
        clock.advance(Duration.ofMinutes(15));
        assertThat(panel.users().changeOwnPassword(thief.actor(), PASSWORD, wanted, Optional.empty()))
                .isTrue();
    }

    @Test
    void aShortPasswordIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> panel.users()
                        .add(
                                PROGRAM,
                                new NewUser(new EmailAddress("a@example.com"), "A", Set.of(), new Secret("hunter2"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at least 8")
                .hasMessageNotContaining("hunter2");
    }

    private static NewUser newUser(String email, String role) {
        return new NewUser(new EmailAddress(email), "Somebody", Set.of(new RoleName(role)), PASSWORD);
    }
}
