package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.ports.capacity.CapacityRepository;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts minutes together to hours and hours to days, and removes what was kept for long enough. Doing it again, or by several
 * processes, changes nothing.
 */
final class RollUp {

    /** So many samples are removed in one transaction: few enough for others not to wait noticeably. */
    private static final int PRUNED_AT_ONCE = 1_000;

    private final CapacityRepository samples;

    RollUp(CapacityRepository samples) {
        this.samples = samples;
    }

    /**
     * Does what is to be done.
     *
     * @param now what began before this and is over is put together
     */
    void run(Instant now) {
        putTogether(Step.MINUTE, Step.HOUR, now);
        putTogether(Step.HOUR, Step.DAY, now);
        for (Step step : Step.values()) {
            Instant before = step.floor(now).minus(step.kept());
            int removed;
            do {
                removed = samples.prune(step, before, PRUNED_AT_ONCE);
            } while (removed == PRUNED_AT_ONCE);
        }
    }

    /** The newest one is done once more: a sample may have come late. */
    private void putTogether(Step finer, Step step, Instant now) {
        Optional<Instant> first =
                samples.newest(step).or(() -> samples.oldest(finer).map(step::floor));
        if (first.isEmpty()) {
            return;
        }
        Instant end = step.floor(now);
        for (Instant at = first.get(); at.isBefore(end); at = at.plus(step.length())) {
            List<Sample> together = together(finer, step, at);
            if (!together.isEmpty()) {
                samples.put(together);
            }
        }
    }

    private List<Sample> together(Step finer, Step step, Instant at) {
        Map<Series, Spread> spreads = new EnumMap<>(Series.class);
        samples.samples(EnumSet.allOf(Series.class), finer, at, at.plus(step.length()))
                .forEach(sample ->
                        spreads.computeIfAbsent(sample.series(), Spread::new).add(sample));
        return spreads.entrySet().stream()
                .map(each -> each.getValue().sample(each.getKey(), step, at, Sample.SHARED))
                .toList();
    }
}
