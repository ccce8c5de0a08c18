package io.aipanel.domain.iam;

import io.aipanel.domain.InvalidValueException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One thing that a role may allow. */
public enum Permission {
    /** See users, their roles and their sessions. */
    USERS_READ("users:read"),
    /** Add, change, disable and remove users, and end their sessions. */
    USERS_WRITE("users:write"),
    /** Add, change and remove custom roles. */
    ROLES_WRITE("roles:write"),
    /** See every site and its databases. */
    SITES_READ("sites:read"),
    /** Add, change and remove every site and its databases. */
    SITES_WRITE("sites:write"),
    /** See, add, change and remove the sites that one owns, and their databases. */
    SITES_OWN("sites:own"),
    /** See settings, secret ones excepted. */
    SETTINGS_READ("settings:read"),
    /** Change settings. */
    SETTINGS_WRITE("settings:write"),
    /** See components and their versions. */
    COMPONENTS_READ("components:read"),
    /** Refresh components, set their policy and pin them. */
    COMPONENTS_WRITE("components:write"),
    /** Read the audit log. */
    AUDIT_READ("audit:read"),
    /** Add events of one's own to the audit log. */
    AUDIT_WRITE("audit:write"),
    /** Cut off the beginning of the audit log. */
    AUDIT_CUT("audit:cut"),
    /** See jobs. */
    JOBS_READ("jobs:read"),
    /** Enqueue jobs. */
    JOBS_WRITE("jobs:write"),
    /** Cancel jobs and have them tried again, pause and limit queues, change schedules. */
    JOBS_MANAGE("jobs:manage"),
    /** See backups. */
    BACKUPS_READ("backups:read"),
    /** Make, check and remove backups. */
    BACKUPS_WRITE("backups:write"),
    /** Put a backup in the place of everything there is, users and rights included. */
    BACKUPS_RESTORE("backups:restore"),
    /** See where the data is kept and how much there is. */
    STORAGE_READ("storage:read");

    private final String wireName;

    Permission(String wireName) {
        this.wireName = wireName;
    }

    /** The name that the outside and the stores use, for example {@code sites:read}. */
    public String wireName() {
        return wireName;
    }

    /**
     * The permission with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static Permission ofWireName(String name) {
        for (Permission permission : values()) {
            if (permission.wireName.equals(name)) {
                return permission;
            }
        }
        throw new InvalidValueException(
                "permissions",
                "must be among "
                        + Arrays.stream(values()).map(Permission::wireName).collect(Collectors.joining(", ")));
    }
}
