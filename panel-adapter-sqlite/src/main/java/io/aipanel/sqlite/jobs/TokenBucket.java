package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.sqlite.storage.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The bucket of a rate limit, told by the one time at which it will be full again: what is missing from it is the share of a
 * period that is left until then. The time is exact, or else the last token of many would come late.
 */
final class TokenBucket {

    /**
     * When a bucket is full again.
     *
     * @param at the time
     * @param rest how much later it really is, in parts of a microsecond: as many as the bucket holds tokens make one
     */
    record Full(Instant at, long rest) {}

    private final long size;
    private final long period;
    private final Instant now;
    /** How long it takes until it is full, in the same parts of a microsecond. */
    private final long missing;

    /** @param now the store's time; if it was set back, the bucket is at worst empty */
    TokenBucket(RateLimit rate, Full full, Instant now) {
        this.size = rate.starts();
        this.period = Columns.of(rate.period());
        this.now = now;
        long micros = Math.min(Columns.of(full.at()) - Columns.of(now), period);
        this.missing = micros < 0 ? 0 : Math.min(micros * size + full.rest(), period * size);
    }

    /** How many whole tokens are in it. */
    int tokens() {
        return Math.toIntExact((period * size - missing) / period);
    }

    /** When it is full again if so many tokens are taken. */
    Full fullAfter(int taken) {
        long then = missing + taken * period;
        return new Full(now.plus(then / size, ChronoUnit.MICROS), then % size);
    }

    /** When there is a token. */
    Instant nextToken() {
        long parts = Math.max(0, missing + period - period * size);
        return now.plus((parts + size - 1) / size, ChronoUnit.MICROS);
    }
}
