package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How custom roles are added, changed and removed. */
public interface RoleContract extends StoreContract {

    /** A custom role with two permissions. */
    private static Role role(String name) {
        return new Role(new RoleName(name), "for " + name, Set.of(Permission.SITES_READ, Permission.JOBS_READ));
    }

    @Test
    default void aCustomRoleIsFoundWithItsPermissions() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Role all = new Role(new RoleName("all"), "everything", EnumSet.allOf(Permission.class));
            Role none = new Role(new RoleName("none"), "", Set.of());
            iam.addRole(all);
            iam.addRole(none);

            assertThat(iam.customRole(all.name()))
                    .as("every permission is kept")
                    .contains(all);
            assertThat(iam.customRole(none.name()))
                    .as("a role may allow nothing")
                    .contains(none);
        }
    }

    @Test
    default void builtInRolesAreNotStored() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            assertThat(iam.customRoles())
                    .as("a fresh store has no custom roles")
                    .isEmpty();
            for (Role builtIn : Role.builtIn()) {
                assertThat(iam.customRole(builtIn.name()))
                        .as("built-in roles are not stored")
                        .isEmpty();
                assertThat(iam.updateRole(builtIn))
                        .as("built-in roles cannot be changed")
                        .isFalse();
                assertThat(iam.removeRole(builtIn.name()))
                        .as("built-in roles cannot be removed")
                        .isFalse();
                Refusal.alreadyExists("name", "a built-in role keeps its name", () -> iam.addRole(builtIn));
            }
            iam.addUser(user("anna@example.com", Role.ADMIN, Role.OPERATOR, Role.AUDITOR, Role.USER));
        }
    }

    @Test
    default void aTakenRoleNameIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Role first = role("helpers");
            iam.addRole(first);

            Refusal.alreadyExists(
                    "name",
                    "a taken role name is refused",
                    () -> iam.addRole(new Role(first.name(), "another", Set.of(Permission.AUDIT_READ))));
            assertThat(iam.customRole(first.name()))
                    .as("a refusal changes nothing")
                    .contains(first);
        }
    }

    @Test
    default void anAbsentRoleIsAbsent() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();

            assertThat(iam.customRole(new RoleName("nothing")))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(iam.updateRole(role("nothing"))).as("absence is false").isFalse();
            assertThat(iam.removeRole(new RoleName("nothing")))
                    .as("absence is false")
                    .isFalse();
            assertThat(iam.customRoles()).as("an update adds nothing").isEmpty();
        }
    }

    @Test
    default void aRoleIsReplacedWithItsPermissions() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            iam.addRole(role("helpers"));
            iam.addRole(role("others"));
            Role changed =
                    new Role(new RoleName("helpers"), "other", Set.of(Permission.JOBS_READ, Permission.STORAGE_READ));

            assertThat(iam.updateRole(changed)).as("there is such a role").isTrue();

            assertThat(iam.customRole(changed.name()))
                    .as("permissions are replaced")
                    .contains(changed);
            assertThat(iam.customRole(new RoleName("others"))).as("others stay").contains(role("others"));
        }
    }

    @Test
    default void rolesComeInCodePointOrderOfTheirName() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Stream.of("b", "ab", "a-c", "a0", "a", "a-b", "abc").forEach(name -> iam.addRole(role(name)));

            assertThat(iam.customRoles())
                    .as("roles come in code point order of their name")
                    .containsExactlyElementsOf(Stream.of("a", "a-b", "a-c", "a0", "ab", "abc", "b")
                            .map(RoleContract::role)
                            .toList());
        }
    }

    @Test
    default void aRoleThatSomebodyHasCannotBeRemoved() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Role helpers = role("helpers");
            iam.addRole(helpers);
            User anna = iam.addUser(user("anna@example.com", helpers.name()));

            Refusal.brokenReference("a role that somebody has stays", () -> iam.removeRole(helpers.name()));
            assertThat(iam.customRole(helpers.name()))
                    .as("a refusal changes nothing")
                    .contains(helpers);

            iam.updateUser(anna.withRoles(Set.of()));
            assertThat(iam.removeRole(helpers.name()))
                    .as("nobody has it any more")
                    .isTrue();
            assertThat(iam.customRole(helpers.name()))
                    .as("a removed role is absent")
                    .isEmpty();
        }
    }

    @Test
    default void descriptionsComeBackToTheLetter() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            List<String> texts = HostileTexts.IN_ORDER;
            for (int i = 0; i < texts.size(); i++) {
                Role role = new Role(new RoleName("r" + i), texts.get(i), Set.of());
                iam.addRole(role);
                assertThat(iam.customRole(role.name()))
                        .as("text comes back to the letter")
                        .contains(role);
            }
        }
    }
}
