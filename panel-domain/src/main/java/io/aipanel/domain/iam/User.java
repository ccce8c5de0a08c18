package io.aipanel.domain.iam;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Somebody who may log in.
 *
 * @param id identifies the user for ever
 * @param email the normalised address, unique over all users
 * @param displayName how the user is called, 1 to {@value #MAX_NAME_BYTES} UTF-8 bytes
 * @param passwordHash what the password is checked against
 * @param status whether the user may log in
 * @param roles the roles the user has, in code point order; may be empty, then the user may do nothing
 * @param createdAt when the user was added
 * @param lastLoginAt when the user last logged in; empty if never
 * @param version counts the changes, from 1; a change is accepted only by whom has seen the latest
 */
public record User(
        UserId id,
        EmailAddress email,
        String displayName,
        PasswordHash passwordHash,
        UserStatus status,
        SortedSet<RoleName> roles,
        Instant createdAt,
        Optional<Instant> lastLoginAt,
        long version) {

    /** The most UTF-8 bytes of a display name. */
    public static final int MAX_NAME_BYTES = 200;

    /**
     * @throws io.aipanel.domain.InvalidValueException if the name is blank or too long
     */
    public User {
        Text.required("displayName", displayName, MAX_NAME_BYTES);
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        createdAt = Timestamps.micros("createdAt", createdAt);
        lastLoginAt = lastLoginAt.map(at -> Timestamps.micros("lastLoginAt", at));
    }

    /** Whether the user may log in. */
    public boolean active() {
        return status == UserStatus.ACTIVE;
    }

    /** The same user under another name. */
    public User withDisplayName(String name) {
        return new User(id, email, name, passwordHash, status, roles, createdAt, lastLoginAt, version);
    }

    /** The same user with another password. */
    public User withPasswordHash(PasswordHash hash) {
        return new User(id, email, displayName, hash, status, roles, createdAt, lastLoginAt, version);
    }

    /** The same user, allowed in or not. */
    public User withStatus(UserStatus newStatus) {
        return new User(id, email, displayName, passwordHash, newStatus, roles, createdAt, lastLoginAt, version);
    }

    /** The same user with other roles. */
    public User withRoles(Set<RoleName> newRoles) {
        return new User(
                id, email, displayName, passwordHash, status, new TreeSet<>(newRoles), createdAt, lastLoginAt, version);
    }
}
