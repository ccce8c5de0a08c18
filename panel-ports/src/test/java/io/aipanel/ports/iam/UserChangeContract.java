package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.T0;
import static io.aipanel.ports.iam.IamSamples.atVersion;
import static io.aipanel.ports.iam.IamSamples.session;
import static io.aipanel.ports.iam.IamSamples.token;
import static io.aipanel.ports.iam.IamSamples.user;
import static io.aipanel.ports.iam.IamSamples.withEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.hosting.HostingSamples;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How users are changed and removed, and which changes are refused. */
public interface UserChangeContract extends StoreContract {

    @Test
    default void anUpdateReplacesWhatItMayAndCountsTheVersionUp() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.ADMIN));
            iam.recordLogin(anna.id(), T0.plusSeconds(5));
            User wanted = new User(
                    anna.id(),
                    new EmailAddress("berta@example.com"),
                    "Berta",
                    new PasswordHash("$argon2id$another"),
                    UserStatus.DISABLED,
                    user("x@example.com", Role.USER, Role.AUDITOR).roles(),
                    T0.plus(Duration.ofDays(9)),
                    Optional.empty(),
                    anna.version());

            User stored = iam.updateUser(wanted).orElseThrow();

            assertThat(stored)
                    .as("an update keeps the creation and the last login and counts the version up")
                    .isEqualTo(new User(
                            anna.id(),
                            wanted.email(),
                            wanted.displayName(),
                            wanted.passwordHash(),
                            wanted.status(),
                            wanted.roles(),
                            T0,
                            Optional.of(T0.plusSeconds(5)),
                            2));
            assertThat(iam.user(anna.id()))
                    .as("what was answered is what is stored")
                    .contains(stored);
            assertThat(iam.userByEmail(anna.email()))
                    .as("the old address is free")
                    .isEmpty();
        }
    }

    @Test
    default void anUpdateWithAStaleVersionIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User first = iam.addUser(user("anna@example.com"));
            User second = iam.updateUser(first.withDisplayName("Second")).orElseThrow();

            Refusal.stale(1, 2, "a stale version loses", () -> iam.updateUser(first.withDisplayName("Third")));
            assertThat(iam.user(first.id())).as("a refusal changes nothing").contains(second);
        }
    }

    @Test
    default void anUpdateWithAVersionThatDoesNotExistYetIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));

            Refusal.stale(2, 1, "only the present version is accepted", () -> iam.updateUser(atVersion(anna, 2)));
        }
    }

    @Test
    default void anUpdateToATakenAddressIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            iam.addUser(user("anna@example.com"));
            User bert = iam.addUser(user("bert@example.com", Role.USER));

            Refusal.alreadyExists(
                    "email",
                    "a taken address is refused",
                    () -> iam.updateUser(withEmail(bert, "anna@example.com").withRoles(Set.of(Role.ADMIN))));
            assertThat(iam.user(bert.id())).as("a refusal changes nothing").contains(bert);
        }
    }

    @Test
    default void anUpdateToAnUnknownRoleIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.USER));

            Refusal.brokenReference(
                    "a user cannot have a role that does not exist",
                    () -> iam.updateUser(anna.withDisplayName("New").withRoles(Set.of(new RoleName("nothing")))));
            assertThat(iam.user(anna.id())).as("a refusal changes nothing").contains(anna);
        }
    }

    @Test
    default void anUpdateMayTakeEveryRoleAway() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.USER, Role.ADMIN));

            iam.updateUser(anna.withRoles(Set.of()));

            assertThat(iam.user(anna.id()).orElseThrow().roles())
                    .as("roles are replaced, not added")
                    .isEmpty();
        }
    }

    @Test
    default void aLoginIsNotedAndLeavesTheVersion() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));

            iam.recordLogin(anna.id(), T0.plusSeconds(60));
            iam.recordLogin(new UserId(UUID.randomUUID()), T0);

            User after = iam.user(anna.id()).orElseThrow();
            assertThat(after.lastLoginAt()).as("the login is noted").contains(T0.plusSeconds(60));
            assertThat(after.version()).as("a login leaves the version").isEqualTo(1);
        }
    }

    @Test
    default void aRemovedUserTakesSessionsAndTokensAlong() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.ADMIN));
            User bert = iam.addUser(user("bert@example.com"));
            Session ofAnna = session(anna, T0);
            Session ofBert = session(bert, T0);
            ApiToken token = token(anna, "deploy");
            iam.addSession(ofAnna);
            iam.addSession(ofBert);
            iam.addToken(token);

            assertThat(iam.removeUser(anna.id())).as("the user was there").isTrue();

            assertThat(iam.user(anna.id())).as("a removed user is absent").isEmpty();
            assertThat(iam.session(ofAnna.id()))
                    .as("sessions go with their user")
                    .isEmpty();
            assertThat(iam.token(token.id())).as("tokens go with their user").isEmpty();
            assertThat(iam.session(ofBert.id())).as("other users keep theirs").contains(ofBert);
        }
    }

    @Test
    default void aRemovedUserLeavesTheAddressFree() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            iam.removeUser(iam.addUser(user("anna@example.com")).id());

            User second = iam.addUser(user("anna@example.com"));

            assertThat(iam.userByEmail(second.email()))
                    .as("the address is free again")
                    .contains(second);
        }
    }

    @Test
    default void whoOwnsASiteCannotBeRemoved() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.USER));
            Session session = session(anna, T0);
            iam.addSession(session);
            harness.storage().hosting().addSite(HostingSamples.site(anna, "example.com"));

            Refusal.brokenReference("a site keeps its owner", () -> iam.removeUser(anna.id()));
            assertThat(iam.user(anna.id())).as("a refusal changes nothing").contains(anna);
            assertThat(iam.session(session.id()))
                    .as("a refusal changes nothing")
                    .contains(session);
        }
    }
}
