package io.aipanel.sqlite.jobs;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.ports.storage.Storage.Topic;
import io.aipanel.sqlite.storage.Columns;
import io.aipanel.sqlite.storage.StoreConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Takes jobs. It goes through the lanes of its queue and types, the highest priority first, and reads those of the same
 * priority side by side in the order of time; so it reads hardly more than it takes, whatever else there is.
 */
final class JobClaim {

    /** How many jobs are put out of the way at once; others that write wait for the end of it. */
    private static final int MAX_HELD = 10_000;

    private final StoreConnection queue;
    private final ClaimRequest request;
    private final Instant now;
    private final ConcurrencyKeys keys;
    private final List<ClaimedJob> taken = new ArrayList<>();
    private final List<Long> abandoned = new ArrayList<>();
    private final List<Long> cancelled = new ArrayList<>();
    private final List<Long> held = new ArrayList<>();
    private int startsLeft;

    /**
     * What a claim has got.
     *
     * @param jobs the jobs, by priority, time and id
     * @param worthRepeating whether there may be more now than there was when it looked
     */
    record Outcome(List<ClaimedJob> jobs, boolean worthRepeating) {}

    private JobClaim(StoreConnection queue, ClaimRequest request, Instant now, QueueSettings settings, int starts) {
        this.queue = queue;
        this.request = request;
        this.now = now;
        this.keys = new ConcurrencyKeys(
                queue, request.queue().value(), settings.limits().maxRunningPerKey());
        this.startsLeft = starts;
    }

    static Outcome run(StoreConnection queue, ClaimRequest request, Instant now) {
        QueueSettings settings = QueueSettings.of(queue, request.queue());
        if (settings.queue().paused()) {
            return new Outcome(List.of(), false);
        }
        Allowance allowance = new Allowance(queue, settings, now);
        int starts = allowance.starts();
        JobClaim claim = new JobClaim(queue, request, now, settings, starts);
        claim.goThrough(DueLane.of(queue, request, now));
        claim.write();
        allowance.started(starts - claim.startsLeft);
        return new Outcome(claim.taken, claim.held.size() == MAX_HELD || !claim.cancelled.isEmpty());
    }

    private void goThrough(List<DueLane> lanes) {
        for (int from = 0, to = 0; from < lanes.size() && isGoingOn(); from = to) {
            while (to < lanes.size()
                    && lanes.get(to).priority() == lanes.get(from).priority()) {
                to++;
            }
            takeFrom(lanes.subList(from, to));
        }
    }

    /** Takes from lanes of the same priority. */
    private void takeFrom(List<DueLane> lanes) {
        List<LaneCursor> cursors = new ArrayList<>();
        try {
            for (DueLane lane : lanes) {
                if (lane.hasPending() && startsLeft > 0) {
                    cursors.add(LaneCursor.pending(queue, lane, now));
                }
                if (lane.hasAbandoned()) {
                    cursors.add(LaneCursor.abandoned(queue, lane, now, request.max()));
                }
            }
            PriorityQueue<LaneCursor> next = new PriorityQueue<>(LaneCursor.ORDER);
            cursors.stream().filter(LaneCursor::next).forEach(next::add);
            while (isGoingOn() && !next.isEmpty()) {
                LaneCursor cursor = next.remove();
                if (look(cursor) && cursor.next()) {
                    next.add(cursor);
                }
            }
        } finally {
            cursors.forEach(LaneCursor::close);
        }
    }

    /** Takes the job that a cursor has come to, or leaves it; false if the rest behind it must be left as well. */
    private boolean look(LaneCursor cursor) {
        if (!cursor.isAbandoned() && startsLeft == 0) {
            return false;
        }
        if (cursor.isAbandoned()) {
            abandoned.add(cursor.id());
            if (cursor.isCancelRequested()) {
                cancelled.add(cursor.id());
            } else {
                taken.add(cursor.take(request, now));
            }
        } else if (cursor.concurrencyKey().filter(keys::isFull).isPresent()) {
            held.add(cursor.id());
        } else {
            cursor.concurrencyKey().ifPresent(keys::start);
            startsLeft--;
            taken.add(cursor.take(request, now));
        }
        return true;
    }

    private boolean isGoingOn() {
        return taken.size() < request.max() && held.size() < MAX_HELD;
    }

    private void write() {
        if (!held.isEmpty()) {
            ConcurrencyKeys.hold(queue, held);
        }
        if (!abandoned.isEmpty()) {
            Map<Long, JobError> errors = new LinkedHashMap<>();
            abandoned.forEach(id -> errors.put(id, JobError.LEASE_ENDED));
            Failures.add(queue, errors, now);
        }
        if (!cancelled.isEmpty()) {
            Collection<LiveJob> jobs = LiveJob.of(queue, cancelled);
            Archive.add(queue, JobState.CANCELLED, jobs, now);
            ConcurrencyKeys.letNextOut(queue, LiveJob.concurrencyKeys(jobs));
            queue.announce(Topic.JOBS);
        }
        if (!taken.isEmpty()) {
            start();
        }
    }

    private void start() {
        List<Long> ids =
                taken.stream().map(claimed -> claimed.job().id().value()).toList();
        queue.change("""
                UPDATE jobs
                SET state = 'running', attempt = attempt + 1, started_at = ?1, worker = ?2, token = token + 1,
                    lease_until = ?3, progress_percent = NULL, progress_text = NULL
                WHERE id IN (SELECT value FROM json_each(?4))
                """, statement -> {
            statement.setLong(1, Columns.of(now));
            statement.setString(2, request.worker());
            statement.setLong(3, Columns.of(now.plus(request.lease())));
            statement.setString(4, Json.numbers(ids));
        });
    }
}
