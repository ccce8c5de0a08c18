package io.aipanel.service.capacity;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.capacity.CapacityRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what was measured, step by step. */
final class History {

    private final CapacityRepository samples;
    private final Metric metric;
    private final Step step;
    private final Map<Instant, Map<Series, Spread>> spreads = new HashMap<>();

    private History(CapacityRepository samples, Metric metric, Step step) {
        this.samples = samples;
        this.metric = metric;
        this.step = step;
    }

    /**
     * Reads.
     *
     * @param from the earliest time; what was not kept for so long is left out
     * @param to the first time that is too late; what has not come yet is left out
     * @param now the time
     */
    static List<HistoryPoint> of(
            Metric metric, Step step, Instant from, Instant to, Instant now, CapacityRepository samples) {
        if (!from.isBefore(to)) {
            throw new InvalidValueException("from", "must be before to");
        }
        Instant first = step.floor(later(from, now.minus(step.kept())));
        // A minute is measured when it is over; of an hour or a day there is something before.
        Instant end = earlier(to, step == Step.MINUTE ? step.floor(now) : now);
        History history = new History(samples, metric, step);
        history.read(first, end);
        List<HistoryPoint> points = new ArrayList<>();
        for (Instant at = first; at.isBefore(end); at = at.plus(step.length())) {
            points.add(new HistoryPoint(at, history.values(at)));
        }
        return points;
    }

    /** What is not put together yet is read from the finer steps. */
    private void read(Instant from, Instant end) {
        Instant start = from;
        for (int finer = step.ordinal(); finer >= 0; finer--) {
            Step source = Step.values()[finer];
            // Asked first, because meanwhile more may be put together: nothing must count twice, or not at all.
            Instant known = finer == 0
                    ? end
                    : samples.newest(source).map(at -> at.plus(source.length())).orElse(start);
            Instant until = earlier(known, end);
            if (start.isBefore(until)) {
                samples.samples(metric.series(), source, start, until).forEach(this::add);
                start = until;
            }
        }
    }

    private void add(Sample sample) {
        spreads.computeIfAbsent(step.floor(sample.at()), at -> new EnumMap<>(Series.class))
                .computeIfAbsent(sample.series(), Spread::new)
                .add(sample);
    }

    private Optional<HistoryPoint.Values> values(Instant at) {
        return spreads.getOrDefault(at, Map.of()).values().stream()
                .flatMap(spread -> spread.values().stream())
                .max(Comparator.comparingDouble(HistoryPoint.Values::p95));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
