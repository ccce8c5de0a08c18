package io.aipanel.service.iam;

import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.UserStatus;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be different about a user. What is empty stays.
 *
 * @param displayName how the user is called
 * @param status whether the user may log in
 * @param roles the roles to have instead of the present ones
 */
public record UserChange(Optional<String> displayName, Optional<UserStatus> status, Optional<Set<RoleName>> roles) {

    /** Only the status. */
    public static UserChange status(UserStatus status) {
        return new UserChange(Optional.empty(), Optional.of(status), Optional.empty());
    }
}
