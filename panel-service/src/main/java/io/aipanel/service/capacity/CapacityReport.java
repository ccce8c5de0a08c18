package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.ports.capacity.EngineFigure;
import java.time.Instant;
import java.util.List;

/**
 * How near the panel is to the limits of its storage.
 *
 * @param at when that was looked at
 * @param limitsApply whether the limits mean anything on this engine; if not, every threshold is ok, and the figures of the
 *     engine say what to look at instead
 * @param state the worst of the thresholds; unknown only if nothing is known of any
 * @param thresholds each threshold, in the order of {@link io.aipanel.domain.capacity.Threshold}
 * @param rules the limits, and how long they must be kept
 * @param engineFigures what the engine says about itself; empty where the limits apply
 */
public record CapacityReport(
        Instant at,
        boolean limitsApply,
        ThresholdState state,
        List<ThresholdReport> thresholds,
        CapacityRules rules,
        List<EngineFigure> engineFigures) {

    /** Keeps its own copies of the lists. */
    public CapacityReport {
        thresholds = List.copyOf(thresholds);
        engineFigures = List.copyOf(engineFigures);
    }
}
