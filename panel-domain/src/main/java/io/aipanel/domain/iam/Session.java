package io.aipanel.domain.iam;

import io.aipanel.domain.Text;
import io.aipanel.domain.Timestamps;
import java.time.Instant;

/**
 * A browser that has logged in.
 *
 * @param id identifies the session in lists; it is not the token
 * @param tokenHash the hash of the token that the browser holds, unique over all sessions
 * @param userId whose session it is
 * @param createdAt when the user logged in
 * @param lastSeenAt when the session was last used, to the minute
 * @param expiresAt when it ends even if it is used all the time
 * @param address where the user logged in from; may be empty
 * @param agent what the browser calls itself; may be empty
 */
public record Session(
        SessionId id,
        TokenHash tokenHash,
        UserId userId,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        String address,
        String agent) {

    /** The most UTF-8 bytes of an address. */
    public static final int MAX_ADDRESS_BYTES = 100;

    /**
     * Checks the address; shortens the agent, which is whatever a browser says, to {@link Text#INDEXED_BYTES}.
     *
     * @throws io.aipanel.domain.InvalidValueException if the address is too long
     */
    public Session {
        createdAt = Timestamps.micros("createdAt", createdAt);
        lastSeenAt = Timestamps.micros("lastSeenAt", lastSeenAt);
        expiresAt = Timestamps.micros("expiresAt", expiresAt);
        Text.check("address", address, MAX_ADDRESS_BYTES);
        agent = Text.truncated(agent, Text.INDEXED_BYTES);
    }

    /**
     * Whether the session still counts.
     *
     * @param now the present time
     * @param policy how long a session may rest
     */
    public boolean isLive(Instant now, SessionPolicy policy) {
        return now.isBefore(expiresAt) && now.isBefore(lastSeenAt.plus(policy.idle()));
    }

    /** Whether the last use should be written down again: at most once a minute. */
    public boolean isLastSeenStale(Instant now) {
        return !now.isBefore(lastSeenAt.plus(SessionPolicy.LAST_SEEN_PRECISION));
    }
}
