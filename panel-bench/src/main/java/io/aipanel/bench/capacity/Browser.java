package io.aipanel.bench.capacity;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.User;
import io.aipanel.service.iam.Tokens;
import io.aipanel.service.storage.Change;
import java.time.Duration;
import java.time.Instant;

/**
 * A browser that somebody is logged in with.
 *
 * @param user who
 * @param token what it shows
 */
record Browser(User user, Secret token) {

    private static final Duration LIFE = Duration.ofHours(12);

    /** One that has a token that nobody knows yet. */
    static Browser of(User user) {
        return new Browser(user, Tokens.generate(""));
    }

    /** The session that belongs to it. */
    Session session(Instant lastSeen) {
        return new Session(
                new SessionId(Change.newId()),
                TokenHash.of(token),
                user.id(),
                lastSeen,
                lastSeen,
                lastSeen.plus(LIFE),
                "2001:db8::1",
                "bench");
    }
}
