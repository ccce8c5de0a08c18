package io.aipanel.domain.iam;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * A key with which a program acts for a user.
 *
 * @param id identifies the token in lists; it is not the token itself
 * @param userId for whom the program acts
 * @param name what it is for, 1 to {@link Text#INDEXED_BYTES} UTF-8 bytes, unique among the user's tokens
 * @param tokenHash the hash of the token, unique over all tokens
 * @param createdAt when it was made
 * @param expiresAt when it ends; empty if never
 * @param lastUsedAt when it was last used, to the minute; empty if never
 */
public record ApiToken(
        ApiTokenId id,
        UserId userId,
        String name,
        TokenHash tokenHash,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt) {

    /**
     * @throws io.aipanel.domain.InvalidValueException if the name is blank or too long
     */
    public ApiToken {
        Text.required("name", name, Text.INDEXED_BYTES);
        createdAt = Timestamps.micros("createdAt", createdAt);
        expiresAt = expiresAt.map(at -> Timestamps.micros("expiresAt", at));
        lastUsedAt = lastUsedAt.map(at -> Timestamps.micros("lastUsedAt", at));
    }

    /** Whether the token still counts. */
    public boolean isLive(Instant now) {
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
    }

    /** Whether the last use should be written down again: at most once a minute. */
    public boolean isLastUsedStale(Instant now) {
        return lastUsedAt.isEmpty() || !now.isBefore(lastUsedAt.get().plus(SessionPolicy.LAST_SEEN_PRECISION));
    }
}
