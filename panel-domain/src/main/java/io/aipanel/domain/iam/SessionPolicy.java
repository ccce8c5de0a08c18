package io.aipanel.domain.iam;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;

/**
 * How long sessions last.
 *
 * @param idle the longest rest between two requests, 2 minutes to 30 days
 * @param absolute the longest life of a session, used or not; at least {@code idle}, at most 365 days
 */
public record SessionPolicy(Duration idle, Duration absolute) {

    /** How exactly the last use is known: writing every request down would cost a commit each. */
    public static final Duration LAST_SEEN_PRECISION = Duration.ofMinutes(1);

    /** 30 minutes of rest, 12 hours in all. */
    public static final SessionPolicy DEFAULT = new SessionPolicy(Duration.ofMinutes(30), Duration.ofHours(12));

    /**
     * @throws InvalidValueException if a duration is out of range
     */
    public SessionPolicy {
        if (idle.compareTo(Duration.ofMinutes(2)) < 0 || idle.compareTo(Duration.ofDays(30)) > 0) {
            throw new InvalidValueException("iam.session.idle", "must be between 2 minutes and 30 days");
        }
        if (absolute.compareTo(idle) < 0 || absolute.compareTo(Duration.ofDays(365)) > 0) {
            throw new InvalidValueException("iam.session.absolute", "must be between iam.session.idle and 365 days");
        }
    }
}
