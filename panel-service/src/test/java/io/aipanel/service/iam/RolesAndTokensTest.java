package io.aipanel.service.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.service.NotFound;
import io.aipanel.service.PanelTest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesAndTokensTest extends PanelTest {

    private static final Role CLERK =
            new Role(new RoleName("clerk"), "Adds users", Set.of(Permission.USERS_READ, Permission.USERS_WRITE));

    @Test
    void aCustomRoleCountsFromTheNextRequestOn() {
        panel.roles().add(PROGRAM, CLERK);
        user("clerk@example.com", "clerk");
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn("clerk@example.com", PASSWORD, "192.0.2.1");

        panel.roles().change(PROGRAM, new Role(CLERK.name(), "Looks", Set.of(Permission.USERS_READ)));

        Authenticated clerk =
                panel.authentication().bySession(in.token(), PROGRAM).orElseThrow();
        assertThat(clerk.actor().permissions()).containsExactly(Permission.USERS_READ);
        assertThat(actions()).containsSubsequence("role.add", "user.add", "session.login", "role.change");
    }

    @Test
    void builtInRolesStayAsTheyAre() {
        assertThatThrownBy(() -> panel.roles().add(PROGRAM, new Role(Role.ADMIN, "", Set.of())))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> panel.roles().change(PROGRAM, new Role(Role.ADMIN, "", Set.of())))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> panel.roles().remove(PROGRAM, Role.USER)).isInstanceOf(InvalidValueException.class);
        assertThat(panel.roles().list(PROGRAM)).extracting(Role::name).contains(Role.ADMIN, Role.OPERATOR);
    }

    @Test
    void aRoleThatSomebodyHasCannotBeRemoved() {
        panel.roles().add(PROGRAM, CLERK);
        User clerk = user("clerk@example.com", "clerk");

        assertThatThrownBy(() -> panel.roles().remove(PROGRAM, CLERK.name())).isInstanceOf(BrokenReference.class);
        panel.users().remove(PROGRAM, clerk.id(), Optional.empty());
        panel.roles().remove(PROGRAM, CLERK.name());
        assertThatThrownBy(() -> panel.roles().remove(PROGRAM, CLERK.name())).isInstanceOf(NotFound.class);
    }

    @Test
    void anApiTokenActsForItsUserUntilItEnds() {
        user("anna@example.com", "operator");
        Actor anna = actor("anna@example.com");

        NewApiToken made = panel.apiTokens()
                .add(anna, "deploy", Optional.of(clock.instant().plus(Duration.ofDays(1))));

        Authenticated program =
                panel.authentication().byApiToken(made.secret(), PROGRAM).orElseThrow();
        assertThat(program.actor().permissions()).isEqualTo(anna.permissions());
        assertThat(program.actor().name()).contains("user:anna@example.com");
        assertThat(panel.apiTokens().list(anna, PageRequest.first(10)).items())
                .singleElement()
                .satisfies(token -> assertThat(token.lastUsedAt()).contains(clock.instant()));
        assertThat(events())
                .allSatisfy(event -> assertThat(event.event().details().value())
                        .doesNotContain(made.secret().reveal()));
        clock.advance(Duration.ofDays(1));
        assertThat(panel.authentication().byApiToken(made.secret(), PROGRAM)).isEmpty();
    }

    @Test
    void onlyItsOwnerOrWhoManagesUsersEndsAToken() {
        user("anna@example.com", "user");
        user("berta@example.com", "user");
        NewApiToken made = panel.apiTokens().add(actor("anna@example.com"), "x", Optional.empty());
        Actor berta = actor("berta@example.com");

        assertThatThrownBy(() -> panel.apiTokens().remove(berta, made.token().id()))
                .isInstanceOf(PermissionDenied.class);
        panel.apiTokens().remove(PROGRAM, made.token().id());
        assertThat(panel.authentication().byApiToken(made.secret(), PROGRAM)).isEmpty();
        assertThatThrownBy(() -> panel.apiTokens()
                        .remove(PROGRAM, new ApiTokenId(made.token().id().value())))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void theFirstAdminIsLetInOnceWithTheCode() {
        Secret code = panel.setup().offer().orElseThrow();
        NewUser admin = new NewUser(new EmailAddress("admin@example.com"), "Admin", Set.of(), PASSWORD);

        assertThat(panel.setup().complete(new Secret("guess"), PROGRAM, admin)).isEmpty();
        User added = panel.setup().complete(code, PROGRAM, admin).orElseThrow();

        assertThat(added.roles()).containsExactly(Role.ADMIN);
        assertThat(panel.setup().complete(code, PROGRAM, admin)).isEmpty();
        assertThat(panel.setup().offer()).isEmpty();
        assertThat(panel.setup().isNeeded()).isFalse();
    }

    @Test
    void aSetupCodeIsWorthNothingOnceThereIsAUser() {
        Secret code = panel.setup().offer().orElseThrow();
        user("admin@example.com", "admin");

        assertThat(panel.setup()
                        .complete(
                                code,
                                PROGRAM,
                                new NewUser(new EmailAddress("eve@example.com"), "Eve", Set.of(), PASSWORD)))
                .isEmpty();
        assertThat(panel.users().findByEmail(PROGRAM, new EmailAddress("eve@example.com")))
                .isEmpty();
    }
}
