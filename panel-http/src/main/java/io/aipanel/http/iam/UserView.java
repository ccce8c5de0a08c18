package io.aipanel.http.iam;

import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user as the outside sees it: everything but the password's hash. */
record UserView(
        String id,
        String email,
        String displayName,
        UserStatus status,
        List<String> roles,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        long version) {

    static UserView of(User user) {
        return new UserView(
                user.id().toString(),
                user.email().value(),
                user.displayName(),
                user.status(),
                user.roles().stream().map(RoleName::value).toList(),
                user.createdAt(),
                user.lastLoginAt().orElse(null),
                user.version());
    }
}
