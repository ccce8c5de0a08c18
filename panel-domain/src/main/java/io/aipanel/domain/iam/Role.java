package io.aipanel.domain.iam;

import io.aipanel.domain.Text;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A named set of permissions.
 *
 * @param name unique over all roles
 * @param description what the role is for, at most {@link Text#INDEXED_BYTES} UTF-8 bytes; may be empty
 * @param permissions what the role allows, in the order of {@link Permission}
 */
public record Role(RoleName name, String description, Set<Permission> permissions) {

    /** May do everything. There is always at least one active user who has it. */
    public static final RoleName ADMIN = new RoleName("admin");

    /** Runs the panel day by day, but neither gives rights nor changes settings. */
    public static final RoleName OPERATOR = new RoleName("operator");

    /** Sees everything and changes nothing. */
    public static final RoleName AUDITOR = new RoleName("auditor");

    /** Keeps sites of their own. */
    public static final RoleName USER = new RoleName("user");

    /**
     * @throws io.aipanel.domain.InvalidValueException if the description is too long
     */
    public Role {
        Text.check("description", description, Text.INDEXED_BYTES);
        EnumSet<Permission> ordered = EnumSet.noneOf(Permission.class);
        ordered.addAll(permissions);
        permissions = Collections.unmodifiableSet(ordered);
    }

    /**
     * The roles that every panel has. They are not stored, cannot be changed or removed, and grow with the
     * permissions of a new release.
     */
    public static List<Role> builtIn() {
        return BuiltIn.ROLES;
    }

    /** Whether this is one of {@link #builtIn()}. */
    public boolean isBuiltIn() {
        return isBuiltIn(name);
    }

    /** Whether a name belongs to one of {@link #builtIn()}. */
    public static boolean isBuiltIn(RoleName name) {
        return BuiltIn.ROLES.stream().anyMatch(role -> role.name().equals(name));
    }

    private static final class BuiltIn {
        private static final List<Role> ROLES = Stream.of(
                        new Role(ADMIN, "May do everything", EnumSet.allOf(Permission.class)),
                        new Role(
                                OPERATOR,
                                "Runs the panel day by day",
                                EnumSet.of(
                                        Permission.USERS_READ,
                                        Permission.SITES_READ,
                                        Permission.SITES_WRITE,
                                        Permission.SETTINGS_READ,
                                        Permission.COMPONENTS_READ,
                                        Permission.COMPONENTS_WRITE,
                                        Permission.AUDIT_READ,
                                        Permission.AUDIT_WRITE,
                                        Permission.JOBS_READ,
                                        Permission.JOBS_WRITE,
                                        Permission.JOBS_MANAGE,
                                        Permission.BACKUPS_READ,
                                        Permission.BACKUPS_WRITE,
                                        Permission.STORAGE_READ)),
                        new Role(
                                AUDITOR,
                                "Sees everything and changes nothing",
                                EnumSet.of(
                                        Permission.USERS_READ,
                                        Permission.SITES_READ,
                                        Permission.SETTINGS_READ,
                                        Permission.COMPONENTS_READ,
                                        Permission.AUDIT_READ,
                                        Permission.JOBS_READ,
                                        Permission.BACKUPS_READ,
                                        Permission.STORAGE_READ)),
                        new Role(USER, "Keeps sites of their own", EnumSet.of(Permission.SITES_OWN)))
                .toList();
    }
}
