package io.aipanel.service.iam;

import io.aipanel.domain.Text;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.UserId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks for something, with what they may do and where the request came from.
 *
 * @param name what the audit log calls the actor, for example {@code user:anna@example.com}; 1 to
 *     {@link Text#INDEXED_BYTES} UTF-8 bytes
 * @param userId the user behind the request; empty for a program
 * @param permissions what the actor may do
 * @param address where the request came from; empty if from this machine
 * @param requestId the request; empty if there is none
 */
public record Actor(
        String name,
        Optional<UserId> userId,
        Set<Permission> permissions,
        Optional<String> address,
        Optional<String> requestId) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if the name is blank or too long
     */
    public Actor {
        Text.required("actor", name, Text.INDEXED_BYTES);
        permissions = Set.copyOf(permissions);
    }

    /**
     * A program that may do everything, because it already has the data in its hands: an embedder, the command line,
     * the panel itself.
     *
     * @param name what the audit log calls it, for example {@code cli:root}
     */
    public static Actor program(String name) {
        return new Actor(name, Optional.empty(), EnumSet.allOf(Permission.class), Optional.empty(), Optional.empty());
    }

    /** Nobody in particular, before logging in. */
    public static Actor anonymous(Optional<String> address, Optional<String> requestId) {
        return new Actor("anonymous", Optional.empty(), Set.of(), address, requestId);
    }

    /** Whether the actor may do something. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Whether the actor is a certain user. */
    public boolean is(UserId user) {
        return userId.filter(user::equals).isPresent();
    }
}
