package io.aipanel.service.jobs;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a worker has claimed and not begun, between the one thread that claims and those that run them. How many
 * may wait here follows from how fast jobs ended lately, while nobody had to wait for a claim: none if they take long, so
 * that no job waits here that another worker could run, and a large batch if they are over in no time, so that a claim is
 * paid for once for many. While the ends of many jobs are still to be written nothing more is claimed: a store that is
 * slower at writing ends than at claiming would fall behind without limit.
 */
final class Intake {

    /** As many wait here as lately ended in so much time. */
    private static final long AHEAD_NANOS = 50_000_000;

    /** Jobs that nobody has begun for so long are better off with somebody else. */
    private static final long STALE_NANOS = 1_000_000_000;

    private static final int MAX_AHEAD = 2_000;

    /** So many jobs may be claimed without their end being written: what waits here, and some batches of ends. */
    static final int MAX_UNWRITTEN = 5 * MAX_AHEAD;

    /** In less time than this, how many jobs have ended says little. */
    private static final long TELLING_NANOS = 5_000_000;

    private final int threads;
    private final Deque<RunningJob> jobs = new ArrayDeque<>();
    private int idle;
    private int ahead;
    /** How many jobs were claimed and their end is not written. */
    private int unwritten;
    /** How many jobs have ended since the last claim was over. */
    private int ended;

    private long countedFrom = System.nanoTime();
    private long lastTaken = countedFrom;
    private boolean news = true;
    private boolean closed;

    /** @param threads how many threads run jobs */
    Intake(int threads) {
        this.threads = threads;
    }

    /** There may be something to claim. */
    synchronized void wake() {
        if (!news) {
            news = true;
            notifyAll();
        }
    }

    /**
     * Waits until it is time to claim.
     *
     * @param pauseNanos for so long there is nothing to claim, unless news come
     * @return how many jobs to claim; 0 if no more are to be claimed
     */
    synchronized int awaitRoom(long pauseNanos) {
        ended = 0;
        countedFrom = System.nanoTime();
        long until = countedFrom + pauseNanos;
        try {
            while (!closed) {
                long left = until - System.nanoTime();
                boolean mayHaveSome = news || left <= 0;
                if (room() > 0 && mayHaveSome) {
                    news = false;
                    int wanted = room();
                    look(System.nanoTime());
                    return wanted;
                }
                if (mayHaveSome) {
                    wait();
                } else {
                    wait(left / 1_000_000, (int) (left % 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Takes in what was claimed. */
    synchronized void add(Collection<RunningJob> claimed) {
        long now = System.nanoTime();
        if (jobs.isEmpty()) {
            lastTaken = now;
        }
        jobs.addAll(claimed);
        unwritten += claimed.size();
        notifyAll();
    }

    /** The ends of so many jobs are written, or never will be. */
    synchronized void written(int number) {
        unwritten -= number;
        notifyAll();
    }

    /** Waits for a job to run; null if there will be none any more. */
    synchronized @Nullable RunningJob take() {
        idle++;
        ended++;
        if (jobs.isEmpty()) {
            // The claiming thread may be waiting for room.
            notifyAll();
        }
        while (jobs.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException onlyClosingEndsThis) {
                // An interrupt is for a job, and this thread has none.
            }
        }
        idle--;
        if (jobs.isEmpty()) {
            return null;
        }
        lastTaken = System.nanoTime();
        if (jobs.size() == ahead / 2 + 1) {
            notifyAll();
        }
        return jobs.poll();
    }

    /** Hands out what nobody has begun for long, because every thread is busy. */
    synchronized List<RunningJob> takeStale() {
        return System.nanoTime() - lastTaken > STALE_NANOS ? takeAll() : List.of();
    }

    /** Takes in no more, and hands out what nobody has begun. */
    synchronized List<RunningJob> close() {
        closed = true;
        notifyAll();
        return takeAll();
    }

    /**
     * Judges how fast jobs end, when a claim begins. The time that claims take does not count: if it did, slow ones would get
     * fewer jobs each time, and be the slower for it.
     */
    private void look(long now) {
        long nanos = now - countedFrom;
        if (ended > 0 || nanos > TELLING_NANOS) {
            ahead = (int) Math.min(MAX_AHEAD, ended * AHEAD_NANOS / Math.max(TELLING_NANOS, nanos));
        }
    }

    private List<RunningJob> takeAll() {
        List<RunningJob> left = List.copyOf(jobs);
        jobs.clear();
        return left;
    }

    /** Claims in small pieces cost more than they bring, so there is no room before half of what may wait is gone. */
    private int room() {
        int room = jobs.size() <= ahead / 2 ? Math.min(idle, threads) + ahead - jobs.size() : 0;
        return Math.min(room, MAX_UNWRITTEN - unwritten);
    }
}
