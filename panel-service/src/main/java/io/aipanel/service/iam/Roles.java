package io.aipanel.service.iam;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.storage.Changes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps roles. Built-in ones are always there and cannot be changed. Safe for use by many threads. */
public final class Roles {

    private final IamRepository iam;
    private final Changes changes;
    private final Access access;

    /** For {@link io.aipanel.service.Panel}. */
    public Roles(Storage storage, Changes changes, Access access) {
        this.iam = storage.iam();
        this.changes = changes;
        this.access = access;
    }

    /**
     * Every role, built-in and custom, by name.
     *
     * @throws PermissionDenied without {@link Permission#USERS_READ}
     */
    public List<Role> list(Actor actor) {
        access.require(actor, Permission.USERS_READ, "role.list");
        List<Role> roles = new ArrayList<>(Role.builtIn());
        roles.addAll(iam.customRoles());
        roles.sort(Comparator.comparing(Role::name));
        return roles;
    }

    /**
     * The role with a name.
     *
     * @throws PermissionDenied without {@link Permission#USERS_READ}
     */
    public Optional<Role> find(Actor actor, RoleName name) {
        return list(actor).stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /**
     * Adds a custom role.
     *
     * @throws io.aipanel.ports.storage.AlreadyExists if a role has the name
     * @throws PermissionDenied without {@link Permission#ROLES_WRITE}, or if the role allows more than the actor may do
     */
    public Role add(Actor actor, Role role) {
        access.require(actor, Permission.ROLES_WRITE, "role.add");
        access.requireAll(actor, role.permissions(), "role.add");
        return changes.<Role>make(actor, change -> {
            change.iam().addRole(role);
            change.record("role.add", target(role.name()), details(role));
            return role;
        });
    }

    /**
     * Replaces the description and the permissions of a custom role.
     *
     * @throws NotFound if there is no such custom role
     * @throws InvalidValueException if it is a built-in one
     * @throws PermissionDenied without {@link Permission#ROLES_WRITE}, or if the role allows or would allow more than the
     *     actor may do
     */
    public Role change(Actor actor, Role role) {
        access.require(actor, Permission.ROLES_WRITE, "role.change");
        requireCustom(role.name());
        iam.customRole(role.name()).ifPresent(before -> access.requireAll(actor, before.permissions(), "role.change"));
        access.requireAll(actor, role.permissions(), "role.change");
        return changes.<Role>make(actor, change -> {
            Role before = change.iam().customRole(role.name()).orElseThrow(() -> missing(role.name()));
            if (!before.equals(role)) {
                change.iam().updateRole(role);
                change.record(
                        "role.change",
                        target(role.name()),
                        Details.of("before", details(before).toMap())
                                .and("after", details(role).toMap()));
            }
            return role;
        });
    }

    /**
     * Removes a custom role.
     *
     * @throws NotFound if there is no such custom role
     * @throws InvalidValueException if it is a built-in one
     * @throws io.aipanel.ports.storage.BrokenReference if a user has the role
     * @throws PermissionDenied without {@link Permission#ROLES_WRITE}
     */
    public void remove(Actor actor, RoleName name) {
        access.require(actor, Permission.ROLES_WRITE, "role.remove");
        requireCustom(name);
        changes.make(actor, change -> {
            if (!change.iam().removeRole(name)) {
                throw missing(name);
            }
            change.record("role.remove", target(name), Details.none());
            return null;
        });
    }

    private static void requireCustom(RoleName name) {
        if (Role.isBuiltIn(name)) {
            throw new InvalidValueException("role", "must not be a built-in one (" + name + "): add one of your own");
        }
    }

    private static NotFound missing(RoleName name) {
        return new NotFound("custom role " + name);
    }

    private static Details details(Role role) {
        return Details.of("description", role.description())
                .and(
                        "permissions",
                        role.permissions().stream().map(Permission::wireName).toList());
    }

    private static String target(RoleName name) {
        return "role:" + name;
    }
}
