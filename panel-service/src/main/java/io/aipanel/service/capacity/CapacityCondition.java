package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.service.storage.Condition;
import java.util.stream.Collectors;

/** A report as a condition. It names no files and hosts, so everybody may be told. */
final class CapacityCondition {

    private CapacityCondition() {}

    /**
     * The condition.
     *
     * @param problem the state from which on there is a problem
     */
    static Condition of(CapacityReport report, ThresholdState problem) {
        String told = report.thresholds().stream()
                .filter(threshold -> threshold.state().isWorseThan(ThresholdState.OK))
                .map(CapacityCondition::told)
                .collect(Collectors.joining(" "));
        if (!told.isEmpty()) {
            return problem.isWorseThan(report.state()) ? Condition.well(told) : Condition.wrong(told);
        }
        return Condition.well(
                !report.limitsApply()
                        ? "the limits of SQLite do not apply"
                        : report.state() == ThresholdState.UNKNOWN
                                ? "not measured yet: panel serve does that"
                                : "no limit is near");
    }

    private static String told(ThresholdReport report) {
        String share = report.share()
                .map(part -> " at " + Math.round(part * 100) + " % of its limit")
                .orElse("");
        return report.threshold().wireName() + " is " + report.state().wireName() + share + ": "
                + Advice.on(report.threshold(), report.state());
    }
}
