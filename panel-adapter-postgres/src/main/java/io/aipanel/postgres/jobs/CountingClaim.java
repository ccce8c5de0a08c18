package io.aipanel.postgres.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.postgres.jobs.Claiming.Found;
import io.aipanel.postgres.jobs.Ending.Ended;
import io.aipanel.postgres.storage.AdvisoryLock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A claim that counts: how many jobs of the queue, and with each concurrency key, are running, and how many may be started.
 * Whoever counts holds the lock on the queue's limits until the commit, so that no two count on the same free place.
 */
final class CountingClaim {

    /** The most jobs of a claim that are put aside because their key is full; a later claim goes on. */
    private static final int MOST_HELD = 20_000;

    /** How many are looked at, once it is known that many of them are to be put aside. */
    private static final int WIDE_LOOK = 5_000;

    private static final String CANDIDATES = "WITH " + Search.LANES + ", " + Search.chosen("true") + """
            SELECT id, concurrency_key, cancel_requested, abandoned,
                   EXISTS (SELECT FROM abandoned) AS some_abandoned
            FROM chosen ORDER BY priority DESC, run_at, id
            """;

    private static final String TAKE_THESE = Search.TAKE + """
            WHERE id = ANY (:ids)
            RETURNING lane, token, lease_until,
            """ + JobRow.OF_JOBS;

    private final QueueStore store;

    CountingClaim(QueueStore store) {
        this.store = store;
    }

    /** Claims within a transaction. */
    Claimed claim(Handle handle, ClaimRequest request) {
        AdvisoryLock.QUEUE_LIMITS.acquire(handle, request.queue().value());
        LimitedQueue queue = LimitedQueue.read(handle, request.queue());
        if (queue.isPaused()) {
            return new Claimed(List.of(), false, true);
        }
        Look look = Look.begin(handle, store.floors(request.queue()), request.queue(), request.types());
        int mayStart = queue.mayStart(handle, request.max());
        Claim claim = new Claim(handle, request, look, queue.limits().maxRunningPerKey(), mayStart);
        claim.run();
        queue.started(handle, mayStart - claim.mayStart);
        look.end(handle, claim.found, claim.held, claim.exhausted, claim.abandoned);
        HeldJobs.release(handle, store, Ended.keys(claim.cancelled));
        return new Claimed(
                claim.found.stream().map(Found::claimed).toList(),
                !claim.cancelled.isEmpty(),
                queue.isLimited() || claim.hasCounted);
    }

    /**
     * What a claim has done.
     *
     * @param hasFreed whether it has ended jobs that others may have waited for
     * @param hasCounted whether there was something to be counted
     */
    record Claimed(List<ClaimedJob> jobs, boolean hasFreed, boolean hasCounted) {

        /** Tells those who wait, after the commit. */
        void tell(QueueStore store) {
            if (hasFreed) {
                store.news().accept(Topic.JOBS);
            }
        }
    }

    /** One claim under way. */
    private static final class Claim {

        private final Handle handle;
        private final ClaimRequest request;
        private final Look look;
        private final int maxPerKey;
        private final Map<String, Integer> runningByKey = new HashMap<>();
        private final List<Found> found = new ArrayList<>();
        private final List<Ended> cancelled = new ArrayList<>();
        private int mayStart;
        private int held;
        private boolean hasCounted;
        private boolean exhausted;
        private boolean abandoned;

        Claim(Handle handle, ClaimRequest request, Look look, int maxPerKey, int mayStart) {
            this.handle = handle;
            this.request = request;
            this.look = look;
            this.maxPerKey = maxPerKey;
            this.mayStart = mayStart;
        }

        /** Looks again as long as jobs were put aside that had the places of others. */
        void run() {
            boolean again = true;
            while (again && found.size() < request.max() && held < MOST_HELD) {
                again = round();
            }
        }

        private boolean round() {
            int wanted = request.max() - found.size();
            int wide = held == 0 ? wanted : Math.max(wanted, WIDE_LOOK);
            List<Candidate> candidates = Search.bind(
                            handle.createQuery(CANDIDATES), request.queue(), request.types(), look.floors())
                    .bind("maxWaiting", mayStart == 0 ? 0 : wide)
                    .bind("max", wide)
                    .map((row, context) -> {
                        abandoned |= row.getBoolean("some_abandoned");
                        return new Candidate(
                                row.getLong("id"),
                                row.getString("concurrency_key"),
                                row.getBoolean("cancel_requested"),
                                row.getBoolean("abandoned"));
                    })
                    .list();
            countKeys(candidates);
            List<Long> take = new ArrayList<>();
            List<Long> lost = new ArrayList<>();
            List<Ending> cancel = new ArrayList<>();
            List<Long> hold = new ArrayList<>();
            for (Candidate candidate : candidates) {
                if (candidate.abandoned()) {
                    if (candidate.cancelRequested()) {
                        lost.add(candidate.id());
                        cancel.add(Ending.anyhow(candidate.id(), JobState.CANCELLED, JobError.LEASE_ENDED.summary()));
                    } else if (take.size() < wanted) {
                        lost.add(candidate.id());
                        take.add(candidate.id());
                    }
                } else if (isFull(candidate)) {
                    hold.add(candidate.id());
                } else if (take.size() < wanted && mayStart > 0) {
                    mayStart--;
                    runningByKey.computeIfPresent(candidate.keyOrNone(), (key, running) -> running + 1);
                    take.add(candidate.id());
                }
            }
            AttemptHistory.lost(handle, lost);
            cancelled.addAll(Ending.end(handle, cancel));
            HeldJobs.hold(handle, hold);
            take(take);
            held += hold.size();
            exhausted = candidates.size() < wide && mayStart > 0;
            hasCounted |= !cancel.isEmpty();
            return !hold.isEmpty() || !cancel.isEmpty();
        }

        private boolean isFull(Candidate candidate) {
            return runningByKey.getOrDefault(candidate.keyOrNone(), Integer.MIN_VALUE) >= maxPerKey;
        }

        private void countKeys(List<Candidate> candidates) {
            Set<String> keys = new HashSet<>();
            for (Candidate candidate : candidates) {
                if (!candidate.abandoned() && candidate.key() != null && !runningByKey.containsKey(candidate.key())) {
                    keys.add(candidate.key());
                }
            }
            if (!keys.isEmpty()) {
                hasCounted = true;
                keys.forEach(key -> runningByKey.put(key, 0));
                runningByKey.putAll(HeldJobs.running(handle, request.queue(), keys));
            }
        }

        private void take(List<Long> ids) {
            if (ids.isEmpty()) {
                return;
            }
            handle.createQuery(TAKE_THESE)
                    .bindArray("ids", Long.class, ids.toArray())
                    .bind("worker", request.worker())
                    .bind("lease", Delays.toMicros(request.lease()))
                    .bind("leaseEnded", JobError.LEASE_ENDED.summary())
                    .map((row, context) -> new Found(row.getInt("lane"), Claiming.claimed(row)))
                    .forEach(found::add);
        }
    }

    /**
     * A job that could be taken.
     *
     * @param key its concurrency key; null for none
     */
    private record Candidate(long id, @Nullable String key, boolean cancelRequested, boolean abandoned) {

        String keyOrNone() {
            return key == null ? "" : key;
        }
    }
}
