package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.jobs.Claiming.Found;
import io.aipanel.postgres.jobs.Floors.Floor;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One look through the lanes of a queue, which uses the {@link Floors} and moves them. */
final class Look {

    /** So many pages of the indexes are read for dead rows only: some hundred entries are on each. */
    private static final long FAR = 300;

    private static final long NOT_COUNTED = -1;

    /** So long a transaction that enqueues jobs may take; if it takes longer, the next full look finds them. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    /** However long a full look takes, another one follows as if it had taken this: in five seconds. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final Floors floors;
    private final long beginNanos = System.nanoTime();
    private final long pagesBefore;

    private final boolean full;

    /** Where the look begins in each lane; empty for a full look. */
    private final Map<Integer, Lane> lanes;

    private Look(Floors floors, boolean full, Map<Integer, Lane> lanes, long pagesBefore) {
        this.floors = floors;
        this.full = full;
        this.lanes = lanes;
        this.pagesBefore = pagesBefore;
    }

    /** Begins a look; costs a statement only while floors are in use, or may soon be. */
    static Look begin(Handle handle, Floors floors, QueueName queue, Set<JobType> types) {
        Map<Integer, Lane> lanes = new HashMap<>();
        boolean full = !floors.areInUse();
        if (!full) {
            handle.createQuery("""
                            SELECT id, priority, statement_timestamp() AS now
                            FROM queue.lanes WHERE queue = :queue AND type = ANY (:types)
                            """)
                    .bind("queue", queue.value())
                    .bindArray("types", String.class, Search.names(types))
                    .map((row, context) -> lanes.put(
                            row.getInt("id"),
                            new Lane(
                                    row.getInt("priority"),
                                    floors.of(row.getInt("id")),
                                    row.getObject("now", OffsetDateTime.class).toInstant())))
                    .list();
        }
        return new Look(floors, full, lanes, full && floors.isSuspicious() ? pagesRead(handle) : NOT_COUNTED);
    }

    /** From where each lane is to be searched; empty for everywhere from the beginning. */
    Map<Integer, Floor> floors() {
        Map<Integer, Floor> from = new HashMap<>();
        lanes.forEach((id, lane) -> from.put(id, lane.from()));
        return from;
    }

    /** Whether the look goes over everything. */
    boolean isFull() {
        return full;
    }

    /**
     * Ends a look that was made for a claim.
     *
     * @param found what was claimed
     * @param held how many jobs were put aside besides
     * @param exhausted whether nothing that is due was left alone, but for what others had locked
     * @param abandoned whether there was a job whose lease has ended, taken or not
     */
    void end(Handle handle, List<Found> found, int held, boolean exhausted, boolean abandoned) {
        if (full) {
            endFull(handle, found.size() + held);
            return;
        }
        Map<Integer, ClaimedJob> last = new HashMap<>();
        for (Found job : found) {
            last.merge(job.lane(), job.claimed(), (one, other) -> Claiming.ORDER.compare(one, other) < 0 ? other : one);
        }
        int lowest = found.stream()
                .mapToInt(job -> job.claimed().job().priority())
                .min()
                .orElse(Integer.MAX_VALUE);
        lanes.forEach((id, lane) -> {
            ClaimedJob job = last.get(id);
            Floor from = lane.from();
            Instant leased = exhausted || !abandoned ? lane.now() : from.leased();
            Floor to = lane.settled(leased);
            if (!exhausted && lane.priority() <= lowest) {
                if (job == null) {
                    to = new Floor(from.runAt(), from.id(), leased);
                } else if (job.job().runAt().isBefore(to.runAt())) {
                    to = new Floor(job.job().runAt(), job.job().id().value(), leased);
                }
            }
            floors.raise(id, from, to);
        });
    }

    /** Ends a full look; floors are in use from now on if it was slow because of dead rows. */
    void endFull(Handle handle, int jobs) {
        Duration duration = Duration.ofNanos(System.nanoTime() - beginNanos);
        if (!Floors.isSlow(duration, jobs)) {
            floors.stand();
            return;
        }
        // Being slow is no proof: the machine may have been busy with something else. The next full look is counted.
        floors.suspect();
        if (pagesBefore == NOT_COUNTED || pagesRead(handle) - pagesBefore <= FAR) {
            return;
        }
        floors.rest(duration.compareTo(LONGEST) < 0 ? duration : LONGEST);
    }

    /**
     * How many pages of the indexes this session has read. Not how many entries: those that are known to be dead are passed
     * over without being counted.
     */
    private static long pagesRead(Handle handle) {
        return handle.createQuery("""
                        SELECT pg_stat_get_xact_blocks_fetched('queue.jobs_pending'::regclass)
                             + pg_stat_get_xact_blocks_fetched('queue.jobs_leased'::regclass)
                        """).mapTo(Long.class).one();
    }

    /** A lane, from where it is searched, and when. */
    private record Lane(int priority, Floor from, Instant now) {

        /**
         * The highest floor of a lane in which nothing was left: below what may still be on its way, because a job is as old as
         * the transaction that enqueues it, and is not to be seen before that is committed. Never below where the look began.
         */
        Floor settled(Instant leased) {
            Instant before = now.minus(ON_ITS_WAY);
            return before.isAfter(from.runAt())
                    ? new Floor(before, 0, leased)
                    : new Floor(from.runAt(), from.id(), leased);
        }
    }
}
