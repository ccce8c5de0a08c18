package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreException;
import io.aipanel.ports.storage.StoreName;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.StoreUnavailable.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures minute by minute and keeps what was measured. Where several processes do, each keeps its own writes, under its
 * name, and whoever comes first what is the same for all. For one thread.
 */
final class Measuring {

    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

    /** So many samples wait for a store that does not answer: those of an hour. */
    private static final int MAX_WAITING = 60 * Series.values().length;

    /** A rate is told only if at least so much of the minute was watched. */
    private static final Duration ENOUGH = Step.MINUTE.length().dividedBy(2);

    private final Storage storage;
    private final WriteMeter writes;
    private final String source;
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private Instant watchedFrom;
    private Optional<Long> endedBefore;

    /**
     * Begins to watch.
     *
     * @param writes hears of every write
     * @param source whose writes these are
     * @param now the time
     */
    Measuring(Storage storage, WriteMeter writes, String source, Instant now) {
        this.storage = storage;
        this.writes = writes;
        this.source = source;
        this.watchedFrom = now;
        this.endedBefore = measured(storage.measures()::endedJobs);
    }

    /** Whether a minute is over that was not kept yet. */
    boolean isDue(Instant now) {
        return !Step.MINUTE.floor(now).equals(Step.MINUTE.floor(watchedFrom));
    }

    /**
     * Keeps what was measured in the minute that is just over.
     *
     * @param now the time, in the minute after it
     * @throws StoreException if it cannot be kept now; it is kept the next time
     */
    void keepMinute(Instant now) {
        Instant minute = Step.MINUTE.floor(now).minus(Step.MINUTE.length());
        Duration watched = Duration.between(watchedFrom, now);
        watchedFrom = now;
        Optional<Long> ended = measured(storage.measures()::endedJobs);
        rate(ended, watched).ifPresent(jobs -> wait(Sample.of(Series.JOBS_PER_MINUTE, minute, jobs)));
        measured(storage.measures()::auditBytes).ifPresent(bytes -> wait(Sample.of(Series.AUDIT_BYTES, minute, bytes)));
        measured(() -> storage.iam().sessionsSeenSince(now.minus(Capacity.SESSION_SEEN)))
                .ifPresent(sessions -> wait(Sample.of(Series.SESSIONS, minute, sessions)));
        takeWrites(minute);
        endedBefore = ended;
        keepWaiting();
    }

    /**
     * Keeps what was measured in a minute that is not over yet. Whoever goes on in the same minute adds to it.
     *
     * @throws StoreException if it cannot be kept; it is lost
     */
    void keepRest() {
        takeWrites(Step.MINUTE.floor(watchedFrom));
        keepWaiting();
    }

    private void takeWrites(Instant minute) {
        for (StoreName store : StoreName.values()) {
            Series series = switch (store) {
                case PANEL -> Series.WRITE_PANEL;
                case AUDIT -> Series.WRITE_AUDIT;
                case QUEUE -> Series.WRITE_QUEUE;
            };
            Spread spread = new Spread(series);
            spread.add(writes.take(store));
            wait(spread.sample(series, Step.MINUTE, minute, source));
        }
    }

    /** What has ended in the time, as if it were a minute; empty if that cannot be told. */
    private Optional<Double> rate(Optional<Long> ended, Duration watched) {
        if (ended.isEmpty() || endedBefore.isEmpty() || watched.compareTo(ENOUGH) < 0) {
            return Optional.empty();
        }
        long jobs = ended.get() - endedBefore.get();
        // Fewer than before: an earlier backup was put in place.
        return jobs < 0
                ? Optional.empty()
                : Optional.of((double) jobs * Step.MINUTE.length().toMillis() / watched.toMillis());
    }

    private void wait(Sample sample) {
        if (waiting.size() == MAX_WAITING) {
            waiting.remove();
        }
        waiting.add(sample);
    }

    private void keepWaiting() {
        List<Sample> kept = new ArrayList<>(waiting);
        try {
            storage.write(transaction -> {
                keep(kept, transaction.capacity());
                return kept;
            });
        } catch (StoreUnavailable e) {
            if (e.reason() == Reason.OUTCOME_UNKNOWN) {
                // It may be there already, and must not be there twice.
                waiting.clear();
            }
            throw e;
        }
        waiting.clear();
    }

    private static void keep(List<Sample> samples, CapacityRepository capacity) {
        for (Sample sample : samples) {
            Optional<Sample> before = capacity.sample(sample.series(), sample.step(), sample.at(), sample.source());
            if (before.isEmpty()) {
                capacity.put(List.of(sample));
            } else if (sample.series().isLatency()) {
                capacity.put(List.of(together(before.get(), sample)));
            }
        }
    }

    private static Sample together(Sample one, Sample other) {
        Spread spread = new Spread(one.series());
        spread.add(one);
        spread.add(other);
        return spread.sample(one.series(), one.step(), one.at(), one.source());
    }

    /** A number that may be out of reach for the moment, without keeping the others back: it leaves a gap. */
    private static Optional<Long> measured(Supplier<Long> measure) {
        try {
            return Optional.of(measure.get());
        } catch (StoreException e) {
            LOG.debug("A minute has a gap, because a store does not answer", e);
            return Optional.empty();
        }
    }
}
