package io.aipanel.domain.jobs;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.util.Optional;

/**
 * How often and when a job that failed is tried again: the delay doubles with every failure, up to a limit, and is
 * spread by chance so that jobs that failed together do not come back together.
 *
 * @param maxAttempts how often a job is tried in all, 1 to {@value #MAX_ATTEMPTS}
 * @param firstDelay the delay after the first failure, 0 to 1 day
 * @param maxDelay the longest delay, at least {@code firstDelay}, at most 7 days
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

    /** The most attempts that a policy may ask for. */
    public static final int MAX_ATTEMPTS = 1000;

    /** 5 attempts; 10 seconds after the first failure, then 20, 40, 80. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(10), Duration.ofHours(1));

    /** One attempt only. */
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    private static final Duration LONGEST_DELAY = Duration.ofDays(365);

    /**
     * @throws InvalidValueException if a value is out of range
     */
    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
            throw new InvalidValueException("maxAttempts", "must be between 1 and " + MAX_ATTEMPTS);
        }
        if (firstDelay.isNegative() || firstDelay.compareTo(Duration.ofDays(1)) > 0) {
            throw new InvalidValueException("firstDelay", "must be between 0 and 1 day");
        }
        if (maxDelay.compareTo(firstDelay) < 0 || maxDelay.compareTo(Duration.ofDays(7)) > 0) {
            throw new InvalidValueException("maxDelay", "must be between firstDelay and 7 days");
        }
    }

    /**
     * The same policy with other values where some are given. A first delay beyond the longest one prolongs that, unless it
     * is given, too.
     *
     * @throws InvalidValueException if a value is out of range
     */
    public RetryPolicy with(
            Optional<Integer> newMaxAttempts, Optional<Duration> newFirstDelay, Optional<Duration> newMaxDelay) {
        Duration first = newFirstDelay.orElse(firstDelay);
        Duration longest = first.compareTo(maxDelay) > 0 ? first : maxDelay;
        return new RetryPolicy(newMaxAttempts.orElse(maxAttempts), first, newMaxDelay.orElse(longest));
    }

    /**
     * Checks when a job is to be tried again.
     *
     * @return the same delay
     * @throws IllegalArgumentException if it is not between 0 and 365 days
     */
    public static Duration requireDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("a job must be tried again after 0 to 365 days");
        }
        return delay;
    }

    /**
     * The delay after a failed attempt.
     *
     * @param attempt which attempt failed, from 1
     * @param chance an equally spread number from 0 (inclusive) to 1 (exclusive)
     * @return between three quarters of the doubled delay and the whole of it
     */
    public Duration delayAfter(int attempt, double chance) {
        long whole = firstDelay.toMillis();
        for (int i = 1; i < attempt && whole < maxDelay.toMillis(); i++) {
            whole *= 2;
        }
        whole = Math.min(whole, maxDelay.toMillis());
        return Duration.ofMillis(whole - (long) (whole / 4.0 * chance));
    }
}
