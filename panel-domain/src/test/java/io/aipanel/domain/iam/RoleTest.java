package io.aipanel.domain.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

    private static Set<Permission> permissions(RoleName name) {
        return Role.builtIn().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow()
                .permissions();
    }

    @Test
    void theBuiltInRolesAreFour() {
        assertThat(Role.builtIn())
                .extracting(Role::name)
                .containsExactly(Role.ADMIN, Role.OPERATOR, Role.AUDITOR, Role.USER);
        assertThat(Role.builtIn()).allMatch(Role::isBuiltIn);
        assertThat(Role.isBuiltIn(new RoleName("helpers"))).isFalse();
        assertThat(new Role(Role.ADMIN, "", Set.of()).isBuiltIn()).isTrue();
    }

    @Test
    void anAdministratorMayDoEverything() {
        assertThat(permissions(Role.ADMIN)).containsExactly(Permission.values());
    }

    @Test
    void anAuditorSeesButDoesNotChange() {
        assertThat(permissions(Role.AUDITOR))
                .isNotEmpty()
                .allMatch(permission -> permission.wireName().endsWith(":read"));
        assertThat(permissions(Role.AUDITOR))
                .as("every permission to read")
                .containsExactlyElementsOf(Arrays.stream(Permission.values())
                        .filter(permission -> permission.wireName().endsWith(":read"))
                        .toList());
    }

    @Test
    void anOperatorGivesNoRightsAndChangesNoSettings() {
        assertThat(permissions(Role.OPERATOR))
                .contains(Permission.SITES_WRITE, Permission.JOBS_WRITE)
                .doesNotContain(
                        Permission.USERS_WRITE,
                        Permission.ROLES_WRITE,
                        Permission.SETTINGS_WRITE,
                        Permission.AUDIT_CUT,
                        Permission.BACKUPS_RESTORE);
    }

    @Test
    void aUserSeesOnlyTheirOwnSites() {
        assertThat(permissions(Role.USER)).containsExactly(Permission.SITES_OWN);
    }

    @Test
    void permissionsComeInTheirOwnOrderAndCannotBeChanged() {
        Set<Permission> given = EnumSet.of(Permission.STORAGE_READ, Permission.USERS_READ);
        Role role = new Role(new RoleName("helpers"), "", given);
        given.clear();

        assertThat(role.permissions()).containsExactly(Permission.USERS_READ, Permission.STORAGE_READ);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> role.permissions().clear());
    }

    @Test
    void aDescriptionThatIsTooLongIsRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new Role(new RoleName("a"), "x".repeat(Text.INDEXED_BYTES + 1), Set.of()));
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void aPermissionIsFoundByItsName(Permission permission) {
        assertThat(Permission.ofWireName(permission.wireName())).isSameAs(permission);
        assertThat(permission.wireName()).matches("[a-z]+:(read|write|own|manage|cut|restore)");
    }

    @Test
    void namesOfPermissionsDiffer() {
        assertThat(List.of(Permission.values()))
                .extracting(Permission::wireName)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "USERS_READ", "Users:read", "users:read ", "everything"})
    void anUnknownPermissionIsRefusedWithAllThatThereAre(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Permission.ofWireName(name))
                .withMessageContaining("users:read")
                .withMessageContaining("storage:read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "\u00E9", "a\n"})
    void aRoleNameOfAnotherFormIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new RoleName(name));
    }

    @Test
    void aRoleNameHasAtMost64Characters() {
        assertThat(new RoleName("a".repeat(64)).value()).hasSize(64);
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new RoleName("a".repeat(65)));
    }
}
