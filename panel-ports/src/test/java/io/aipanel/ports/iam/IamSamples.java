package io.aipanel.ports.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Users, sessions and API tokens to test with; each is valid and differs from every other in what must differ. */
public final class IamSamples {

    /** A time with microseconds. */
    public static final Instant T0 = Instant.parse("2026-01-15T10:00:00.123456Z");

    private static final PasswordHash HASH = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");

    private IamSamples() {}

    /** An active user who has never logged in. */
    public static User user(String email, RoleName... roles) {
        return new User(
                new UserId(UUID.randomUUID()),
                new EmailAddress(email),
                "Somebody",
                HASH,
                UserStatus.ACTIVE,
                new TreeSet<>(List.of(roles)),
                T0,
                Optional.empty(),
                1);
    }

    /** The same user under another id. */
    public static User withId(User user, UserId id) {
        return new User(
                id,
                user.email(),
                user.displayName(),
                user.passwordHash(),
                user.status(),
                user.roles(),
                user.createdAt(),
                user.lastLoginAt(),
                user.version());
    }

    /** The same user with another address. */
    public static User withEmail(User user, String email) {
        return new User(
                user.id(),
                new EmailAddress(email),
                user.displayName(),
                user.passwordHash(),
                user.status(),
                user.roles(),
                user.createdAt(),
                user.lastLoginAt(),
                user.version());
    }

    /** The same user as somebody saw it at a version. */
    public static User atVersion(User user, long version) {
        return new User(
                user.id(),
                user.email(),
                user.displayName(),
                user.passwordHash(),
                user.status(),
                user.roles(),
                user.createdAt(),
                user.lastLoginAt(),
                version);
    }

    /** A session of 12 hours that was last seen when it was created. */
    public static Session session(User user, Instant createdAt) {
        return session(new SessionId(UUID.randomUUID()), tokenHash(), user, createdAt, createdAt);
    }

    /** A session of 12 hours. */
    public static Session session(SessionId id, TokenHash tokenHash, User user, Instant createdAt, Instant lastSeenAt) {
        return new Session(
                id,
                tokenHash,
                user.id(),
                createdAt,
                lastSeenAt,
                createdAt.plus(Duration.ofHours(12)),
                "192.0.2.7",
                "a browser");
    }

    /** An API token that never ends and has not been used. */
    public static ApiToken token(User user, String name) {
        return token(new ApiTokenId(UUID.randomUUID()), user, name, tokenHash());
    }

    /** An API token that never ends and has not been used. */
    public static ApiToken token(ApiTokenId id, User user, String name, TokenHash tokenHash) {
        return new ApiToken(id, user.id(), name, tokenHash, T0, Optional.empty(), Optional.empty());
    }

    /** The hash of a token that nobody has. */
    public static TokenHash tokenHash() {
        return TokenHash.of(new Secret(UUID.randomUUID().toString()));
    }
}
