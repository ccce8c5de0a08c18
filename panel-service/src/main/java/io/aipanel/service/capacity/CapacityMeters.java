package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.ThresholdState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How near the panel is to its limits, as metrics. Each threshold has a value and, where the limits apply, its limit, the share
 * of it, and for every state whether it is in that: 1 or 0.
 */
public final class CapacityMeters {

    private static final String THRESHOLD = "threshold";

    private final Capacity capacity;
    private final MultiGauge value;
    private final MultiGauge limit;
    private final MultiGauge share;
    private final MultiGauge state;

    /** For {@link io.aipanel.service.Panel}. */
    public CapacityMeters(MeterRegistry registry, Capacity capacity) {
        this.capacity = capacity;
        this.value = gauge(registry, "panel.capacity.value", "What was measured last, in the threshold's unit");
        this.limit = gauge(registry, "panel.capacity.limit", "The limit, in the threshold's unit");
        this.share = gauge(registry, "panel.capacity.share", "What was measured last as a share of the limit");
        this.state = gauge(registry, "panel.capacity.state", "1 for the state that the threshold is in, 0 for others");
    }

    /**
     * Looks at the thresholds.
     *
     * @throws io.aipanel.ports.storage.StoreException if the store does not answer
     */
    public void show() {
        CapacityReport report = capacity.look();
        List<ThresholdReport> limited = report.limitsApply() ? report.thresholds() : List.of();
        value.register(rows(report.thresholds(), threshold -> threshold.value().stream()), true);
        limit.register(rows(limited, threshold -> Stream.of(threshold.limit())), true);
        share.register(rows(limited, threshold -> threshold.share().stream()), true);
        state.register(
                limited.stream()
                        .<MultiGauge.Row<?>>flatMap(threshold -> Stream.of(ThresholdState.values())
                                .map(possible -> MultiGauge.Row.of(
                                        tags(threshold).and("state", possible.wireName()),
                                        possible == threshold.state() ? 1 : 0)))
                        .toList(),
                true);
    }

    /** Shows nothing any more: the registry may outlive the panel. */
    public void forget() {
        Stream.of(value, limit, share, state).forEach(gauge -> gauge.register(List.of(), true));
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static List<MultiGauge.Row<?>> rows(
            List<ThresholdReport> thresholds, Function<ThresholdReport, Stream<Double>> number) {
        return thresholds.stream()
                .<MultiGauge.Row<?>>flatMap(
                        threshold -> number.apply(threshold).map(value -> MultiGauge.Row.of(tags(threshold), value)))
                .toList();
    }

    private static Tags tags(ThresholdReport threshold) {
        return Tags.of(THRESHOLD, threshold.threshold().wireName());
    }
}
