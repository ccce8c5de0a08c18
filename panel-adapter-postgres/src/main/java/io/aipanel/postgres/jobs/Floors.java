package io.aipanel.postgres.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Where claims of one queue may begin to look, while a transaction of somebody else that stays open (a dump, say) keeps the server from
 * clearing away the index entries of jobs that have left: a look from the beginning would walk over all of them, each
 * time.
 *
 * <p>Normally there are no floors and every look is a full one. A full look that took long because of dead rows is not
 * made again before {@value #REST} times its duration has passed; the looks in between begin, in each lane, where the last
 * one has ended. What appears below a floor is therefore found after that time at the latest; if this process knows of it
 * (a job that it enqueues or gives back) the floor is lowered, and it is found at once. No more than about a twentieth of
 * the time goes into full looks, unless they take more than a quarter of a second.
 *
 * <p>Safe for use by many threads.
 */
final class Floors {

    /** How many times its own duration a slow full look is not repeated. */
    static final int REST = 20;

    /** So long a full look may take, besides what each job costs that it finds. */
    private static final Duration QUICK = Duration.ofMillis(2);

    private static final Duration QUICK_PER_JOB = Duration.ofNanos(40_000);

    private final LongSupplier nanoTime;
    private final Map<Integer, Floor> floors = new ConcurrentHashMap<>();
    private volatile boolean suspicious;
    private volatile boolean resting;
    private volatile long restUntilNanos;

    /** @param nanoTime a clock as {@link System#nanoTime} is one */
    Floors(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * How far a lane was searched.
     *
     * @param runAt no pending job before this time,
     * @param id or at this time and up to this id, is to be expected
     * @param leased no lease is to be expected that has ended before this time
     */
    record Floor(Instant runAt, long id, Instant leased) {

        /** Below everything. */
        static final Floor NONE = new Floor(Instant.MIN, 0, Instant.MIN);

        boolean isBelow(Instant otherRunAt, long otherId) {
            int order = runAt.compareTo(otherRunAt);
            return order < 0 || order == 0 && id < otherId;
        }
    }

    /** Whether looks begin at the floors for now. */
    boolean areInUse() {
        return resting && restUntilNanos - nanoTime.getAsLong() > 0;
    }

    /** How long until a full look is made again; zero if the next one is full. */
    Duration untilFullLook() {
        return resting ? Duration.ofNanos(Math.max(0, restUntilNanos - nanoTime.getAsLong())) : Duration.ZERO;
    }

    /** Whether a full look took so long that dead rows may be the reason. */
    static boolean isSlow(Duration duration, int jobs) {
        return duration.compareTo(QUICK.plus(QUICK_PER_JOB.multipliedBy(jobs))) > 0;
    }

    /** A full look was slow: it is to be found out why. */
    void suspect() {
        suspicious = true;
    }

    /** Whether a full look was slow, and none was quick since. */
    boolean isSuspicious() {
        return suspicious;
    }

    /** A full look was slow because of dead rows: the next ones begin at the floors. */
    void rest(Duration duration) {
        restUntilNanos = nanoTime.getAsLong() + duration.multipliedBy(REST).toNanos();
        resting = true;
    }

    /** A full look was quick: the next ones are full, too. */
    void stand() {
        suspicious = false;
        if (resting) {
            resting = false;
            floors.clear();
        }
    }

    /** The floor of a lane. */
    Floor of(int lane) {
        return floors.getOrDefault(lane, Floor.NONE);
    }

    /**
     * Raises the floor of a lane, unless somebody has moved it since.
     *
     * @param from the floor from which the lane was searched
     */
    void raise(int lane, Floor from, Floor to) {
        if (from.equals(Floor.NONE)) {
            floors.putIfAbsent(lane, to);
        } else {
            floors.replace(lane, from, to);
        }
    }

    /** Makes sure that a job is above the floor of its lane. */
    void lower(int lane, Instant runAt, long id) {
        floors.computeIfPresent(
                lane, (same, floor) -> floor.isBelow(runAt, id) ? floor : new Floor(runAt, id - 1, floor.leased()));
    }
}
