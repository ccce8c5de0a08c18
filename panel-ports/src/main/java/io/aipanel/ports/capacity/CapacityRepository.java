package io.aipanel.ports.capacity;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Samples, and the states of thresholds.
 *
 * <p>Taken from a storage, each method is one transaction; taken from a transaction, it is part of that. Safe for use by
 * many threads in the first case, bound to the transaction's thread in the second.
 */
public interface CapacityRepository {

    /**
     * Adds samples. One that is there already (same series, step, time and source) is replaced.
     *
     * @param samples 0 or more
     */
    void put(List<Sample> samples);

    /**
     * The sample with exactly this key; empty if there is none. Within a transaction, other transactions that ask the same
     * wait until this one ends, so that what is put in its place loses nothing.
     */
    Optional<Sample> sample(Series series, Step step, Instant at, String source);

    /**
     * The samples of some series, oldest first, those of one time by the names of series and source.
     *
     * @param from the earliest time
     * @param to the first time that is too late
     */
    List<Sample> samples(Set<Series> series, Step step, Instant from, Instant to);

    /** The time of the newest sample of any series; empty if there is none. */
    Optional<Instant> newest(Step step);

    /** The time of the oldest sample of any series; empty if there is none. */
    Optional<Instant> oldest(Step step);

    /**
     * Removes old samples.
     *
     * @param before those of an earlier time are removed
     * @param max the most to remove, 1 or more
     * @return how many were removed
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    int prune(Step step, Instant before, int max);

    /** The states that are known, in the order of {@link Threshold}. */
    List<ThresholdStatus> states();

    /**
     * Changes the state of a threshold, unless somebody else has done so meanwhile.
     *
     * @param expected what the state was when this was decided; empty if there was none
     * @param next what it is from now on
     * @return whether it was still so; if not, nothing was changed
     * @throws IllegalArgumentException if the two are about different thresholds
     */
    boolean change(Optional<ThresholdStatus> expected, ThresholdStatus next);
}
