package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.sqlite.storage.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The bucket of a rate limit, told by one time: when it will be full again. What is missing from it is the share of a
 * period that is left until then.
 */
final class TokenBucket {

    private final int size;
    private final long period;
    private final Instant now;
    /** How long it takes until the bucket is full, in microseconds. */
    private final long untilFull;

    /**
     * @param fullAt when it is full again; empty if it is full
     * @param now the store's time; if it was set back, the bucket is at worst empty
     */
    TokenBucket(RateLimit rate, Optional<Instant> fullAt, Instant now) {
        this.size = rate.starts();
        this.period = Columns.of(rate.period());
        this.now = now;
        long left = fullAt.map(time -> ChronoUnit.MICROS.between(now, time)).orElse(0L);
        this.untilFull = Math.max(0, Math.min(left, period));
    }

    /** How many whole tokens are in it. */
    int tokens() {
        return (int) ((period - untilFull) * size / period);
    }

    /** When it is full again if so many tokens are taken. */
    Instant fullAtAfter(int taken) {
        return now.plus(untilFull + ceilOfShare(taken), ChronoUnit.MICROS);
    }

    /** When there is a token. */
    Instant nextToken() {
        return now.plus(Math.max(0, untilFull - (period - ceilOfShare(1))), ChronoUnit.MICROS);
    }

    /** The time in which so many tokens come back. */
    private long ceilOfShare(int tokens) {
        return (tokens * period + size - 1) / size;
    }
}
