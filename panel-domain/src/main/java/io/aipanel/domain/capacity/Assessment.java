package io.aipanel.domain.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Decides in which state a threshold is.
 *
 * <p>A state becomes worse when every minute of the window was past the limit, or past the line of the warning: a burst does
 * not alarm. It becomes better when every minute of the window was below by more than the hysteresis, and no sooner than the
 * minimum interval after it has begun: what hovers about a limit changes nothing. A minute that nobody measured is none of
 * both: it keeps a state from being proven, but does not end one. Only when nothing of the window was measured is the state
 * unknown.
 */
public final class Assessment {

    private final CapacityRules rules;
    private final Threshold threshold;
    private final List<Optional<Double>> window;

    /**
     * @param rules the limits and how long they must be kept
     * @param window the value of each minute of the window, oldest first; empty for one that nobody measured
     */
    public Assessment(CapacityRules rules, Threshold threshold, List<Optional<Double>> window) {
        this.rules = rules;
        this.threshold = threshold;
        this.window = List.copyOf(window);
    }

    /** The state of which nothing was known before. */
    public ThresholdState first() {
        return next(ThresholdState.UNKNOWN);
    }

    /**
     * The state that follows another one.
     *
     * @param present what it was
     * @param now the time
     */
    public ThresholdState after(ThresholdStatus present, Instant now) {
        ThresholdState next = next(present.state());
        boolean waits = present.state() != ThresholdState.UNKNOWN
                && !next.isWorseThan(present.state())
                && Duration.between(present.since(), now).compareTo(rules.minimumInterval()) < 0;
        return waits ? present.state() : next;
    }

    private ThresholdState next(ThresholdState present) {
        double limit = rules.limit(threshold);
        double warning = rules.warningAt(threshold);
        double kept = 1 - rules.hysteresis();
        if (window.stream().noneMatch(Optional::isPresent)) {
            return ThresholdState.UNKNOWN;
        }
        if (always(value -> value > limit)) {
            return ThresholdState.BREACHED;
        }
        return switch (present) {
            case UNKNOWN ->
                always(value -> value >= warning)
                        ? ThresholdState.WARNING
                        : sometimes(value -> value < warning) ? ThresholdState.OK : ThresholdState.UNKNOWN;
            case OK -> always(value -> value >= warning) ? ThresholdState.WARNING : ThresholdState.OK;
            case WARNING -> always(value -> value < warning * kept) ? ThresholdState.OK : ThresholdState.WARNING;
            case BREACHED ->
                always(value -> value < warning * kept)
                        ? ThresholdState.OK
                        : always(value -> value < limit * kept) ? ThresholdState.WARNING : ThresholdState.BREACHED;
        };
    }

    private boolean always(DoublePredicate rule) {
        return window.stream().allMatch(value -> value.filter(rule::test).isPresent());
    }

    private boolean sometimes(DoublePredicate rule) {
        return window.stream().anyMatch(value -> value.filter(rule::test).isPresent());
    }
}
