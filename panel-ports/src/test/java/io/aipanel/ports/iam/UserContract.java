package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.atVersion;
import static io.aipanel.ports.iam.IamSamples.user;
import static io.aipanel.ports.iam.IamSamples.withId;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How users are added and found. */
public interface UserContract extends StoreContract {

    @Test
    default void aUserIsFoundByIdAndByAddress() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.ADMIN, Role.USER));

            assertThat(iam.user(anna.id())).as("a user is found by id").contains(anna);
            assertThat(iam.userByEmail(anna.email()))
                    .as("a user is found by address")
                    .contains(anna);
        }
    }

    @Test
    default void aUserStartsAtVersionOneWhateverIsGiven() {
        try (StorageHarness harness = fresh()) {
            User given = atVersion(user("anna@example.com"), 17);

            assertThat(harness.storage().iam().addUser(given))
                    .as("a user starts at version 1")
                    .isEqualTo(atVersion(given, 1));
        }
    }

    @Test
    default void whoWasNeverAddedIsAbsent() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User nobody = user("nobody@example.com");

            assertThat(iam.user(nobody.id())).as("absence is empty").isEmpty();
            assertThat(iam.userByEmail(nobody.email())).as("absence is empty").isEmpty();
            assertThat(iam.updateUser(nobody)).as("absence is empty").isEmpty();
            assertThat(iam.removeUser(nobody.id())).as("absence is false").isFalse();
        }
    }

    @Test
    default void everySpellingOfAnAddressIsTheSameUser() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User rene = iam.addUser(user("Ren\u00E9@Example.COM"));

            assertThat(iam.userByEmail(new EmailAddress("rene\u0301@example.com")))
                    .as("case and composition do not tell addresses apart")
                    .contains(rene);
            Refusal.alreadyExists(
                    "email",
                    "case and composition do not tell addresses apart",
                    () -> iam.addUser(user("RENE\u0301@example.com")));
        }
    }

    @Test
    default void aTakenAddressIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            iam.addUser(user("anna@example.com"));
            User second = user("anna@example.com", Role.USER);

            Refusal.alreadyExists("email", "a taken address is refused", () -> iam.addUser(second));
            assertThat(iam.user(second.id())).as("a refused user is not there").isEmpty();
        }
    }

    @Test
    default void aTakenIdIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));

            Refusal.alreadyExists(
                    "id", "a taken id is refused", () -> iam.addUser(withId(user("bert@example.com"), anna.id())));
            assertThat(iam.user(anna.id())).as("a refusal changes nothing").contains(anna);
        }
    }

    @Test
    default void aUserWithAnUnknownRoleIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = user("anna@example.com", Role.USER, new RoleName("nothing"));

            Refusal.brokenReference("a user cannot have a role that does not exist", () -> iam.addUser(anna));
            assertThat(iam.hasUsers()).as("a refused user is not there").isFalse();
        }
    }

    @Test
    default void aUserMayHaveBuiltInAndCustomRoles() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            RoleName custom = new RoleName("a-custom-one");
            iam.addRole(new Role(custom, "", Set.of(Permission.JOBS_READ)));

            User anna =
                    iam.addUser(user("anna@example.com", Role.ADMIN, Role.OPERATOR, Role.AUDITOR, Role.USER, custom));

            assertThat(iam.user(anna.id()).orElseThrow().roles())
                    .as("roles come back in code point order")
                    .containsExactly(custom, Role.ADMIN, Role.AUDITOR, Role.OPERATOR, Role.USER);
        }
    }

    @Test
    default void aPanelWithoutUsersSaysSo() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            assertThat(iam.hasUsers()).as("a fresh store has no users").isFalse();
            User anna = iam.addUser(user("anna@example.com"));
            assertThat(iam.hasUsers()).as("one user is enough").isTrue();
            iam.removeUser(anna.id());
            assertThat(iam.hasUsers()).as("the last user was removed").isFalse();
        }
    }

    @Test
    default void onlyActiveUsersWithTheRoleAreCounted() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com", Role.ADMIN, Role.USER));
            iam.addUser(user("bert@example.com", Role.ADMIN));
            iam.addUser(user("carl@example.com", Role.USER));

            assertThat(iam.activeUsersWith(Role.ADMIN))
                    .as("who has the role counts")
                    .isEqualTo(2);
            iam.updateUser(anna.withStatus(UserStatus.DISABLED));
            assertThat(iam.activeUsersWith(Role.ADMIN))
                    .as("the disabled do not count")
                    .isEqualTo(1);
            assertThat(iam.activeUsersWith(Role.OPERATOR))
                    .as("nobody has the role")
                    .isZero();
            assertThat(iam.activeUsersWith(new RoleName("nothing")))
                    .as("there is no such role")
                    .isZero();
        }
    }

    @Test
    default void displayNamesComeBackToTheLetter() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            List<String> names = HostileTexts.IN_ORDER.stream()
                    .filter(text -> !text.isBlank())
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                User added = iam.addUser(user("user" + i + "@example.com").withDisplayName(names.get(i)));
                assertThat(iam.user(added.id()).orElseThrow().displayName())
                        .as("text comes back to the letter")
                        .isEqualTo(names.get(i));
            }
        }
    }
}
