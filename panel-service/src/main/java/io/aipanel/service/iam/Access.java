package io.aipanel.service.iam;

import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.service.audit.RefusalLog;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Decides whether an actor may do something, and records it if not. */
public final class Access {

    private final RefusalLog refusals;

    /** @param refusals where refusals are recorded */
    public Access(RefusalLog refusals) {
        this.refusals = refusals;
    }

    /**
     * Requires a permission.
     *
     * @param action what the actor wants to do, as the audit log calls it
     * @throws PermissionDenied if the actor does not have it
     */
    public void require(Actor actor, Permission permission, String action) {
        if (!actor.may(permission)) {
            throw denied(actor, action, "this needs the permission " + permission.wireName());
        }
    }

    /**
     * Requires that the actor may do all that is about to be given to, or is held by, somebody else: nobody gives what
     * they do not have, and nobody takes over an account that may do more than their own.
     *
     * @throws PermissionDenied if a permission is missing
     */
    void requireAll(Actor actor, Set<Permission> permissions, String action) {
        Set<String> missing = new TreeSet<>();
        for (Permission permission : permissions) {
            if (!actor.may(permission)) {
                missing.add(permission.wireName());
            }
        }
        if (!missing.isEmpty()) {
            throw denied(actor, action, "this reaches further than your own rights: " + String.join(", ", missing));
        }
    }

    /** Records a refusal and makes the exception that tells it. */
    public PermissionDenied denied(Actor actor, String action, String why) {
        refusals.refused(actor, action, "", why);
        return new PermissionDenied(why);
    }

    /** What a set of roles allows together; a role that no longer exists allows nothing. */
    static Set<Permission> permissionsOf(Collection<RoleName> roles, IamRepository iam) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (RoleName name : roles) {
            Role.builtIn().stream()
                    .filter(role -> role.name().equals(name))
                    .findFirst()
                    .or(() -> iam.customRole(name))
                    .ifPresent(role -> permissions.addAll(role.permissions()));
        }
        return permissions;
    }
}
