package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Assessment;
import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Metric;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.domain.iam.Permission;
import io.aipanel.ports.capacity.EngineFigure;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.WriteObserver;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.settings.CapacitySettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says how near the panel is to ADR-002's limits, and how that came. Measured is where jobs are worked off; whoever else opens
 * the storage sees what was measured there. Safe for use by many threads.
 */
public final class Capacity {

    /** How long a session counts as one of somebody who is there. */
    static final Duration SESSION_SEEN = Duration.ofMinutes(5);

    private final Storage storage;
    private final SettingValues settings;
    private final Access access;
    private final InstantSource clock;
    private final LookAhead lookAhead;

    /** For {@link io.aipanel.service.Panel}. */
    public Capacity(Storage storage, SettingValues settings, Access access, InstantSource clock) {
        this.storage = storage;
        this.settings = settings;
        this.access = access;
        this.clock = clock;
        this.lookAhead = new LookAhead(storage.capacity());
    }

    /** The time, for those who ask for what was before now. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * How near the panel is to each limit now.
     *
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#STORAGE_READ}
     */
    public CapacityReport report(Actor actor) {
        access.require(actor, Permission.STORAGE_READ, "capacity.report");
        return look();
    }

    /**
     * For how long each limit will do. Looks through 90 days at most once a minute.
     *
     * @return empty where the limits do not apply
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#STORAGE_READ}
     */
    public Map<Threshold, Forecast> forecasts(Actor actor) {
        access.require(actor, Permission.STORAGE_READ, "capacity.forecast");
        return storage.measures().limitsApply()
                ? lookAhead.forecasts(CapacitySettings.rules(settings), clock.instant())
                : Map.of();
    }

    /**
     * How the panel stands to its limits, in words for whoever watches over it.
     *
     * @param problem the state from which on that is a problem
     */
    public Condition condition(ThresholdState problem) {
        return CapacityCondition.of(look(), problem);
    }

    /** The same as {@link #report} for the panel itself. */
    CapacityReport look() {
        Instant now = clock.instant();
        CapacityRules rules = CapacitySettings.rules(settings);
        boolean limitsApply = storage.measures().limitsApply();
        List<ThresholdStatus> states = storage.capacity().states();
        Minutes minutes = Minutes.before(Step.MINUTE.floor(now), rules.windowMinutes(), storage.capacity());
        List<ThresholdReport> thresholds = new ArrayList<>();
        for (Threshold threshold : Threshold.values()) {
            Optional<ThresholdStatus> noted = states.stream()
                    .filter(status -> limitsApply && status.threshold() == threshold)
                    .findFirst();
            thresholds.add(report(threshold, rules, minutes, noted, limitsApply, now));
        }
        List<EngineFigure> figures = storage.measures().engineFigures();
        return new CapacityReport(now, limitsApply, worst(thresholds), thresholds, rules, figures);
    }

    /**
     * What was measured, oldest first: one point for each step of the time, also where nobody measured.
     *
     * @param metric of what
     * @param from the earliest time; steps that are no longer kept are left out
     * @param to the first time that is too late; steps that have not begun are left out
     * @param step how much time a point stands for
     * @throws io.aipanel.domain.InvalidValueException if {@code from} is not before {@code to}
     * @throws io.aipanel.service.iam.PermissionDenied without {@link Permission#STORAGE_READ}
     */
    public List<HistoryPoint> history(Actor actor, Metric metric, Instant from, Instant to, Step step) {
        access.require(actor, Permission.STORAGE_READ, "capacity.history");
        return History.of(metric, step, from, to, clock.instant(), storage.capacity());
    }

    /**
     * Tells an observer how long each write of this panel takes, as it measures that itself.
     *
     * @return ends the calls when it is closed
     */
    public Storage.Subscription observeWrites(WriteObserver observer) {
        return storage.observeWrites(observer);
    }

    private ThresholdReport report(
            Threshold threshold,
            CapacityRules rules,
            Minutes minutes,
            Optional<ThresholdStatus> noted,
            boolean limitsApply,
            Instant now) {
        Optional<Double> present = present(threshold, now);
        Optional<Double> value = present.or(() -> minutes.last(threshold));
        double limit = rules.limit(threshold);
        if (!limitsApply) {
            return new ThresholdReport(threshold, value, limit, ThresholdState.OK, Optional.empty());
        }
        if (noted.isPresent() && minutes.last(threshold).isPresent()) {
            return new ThresholdReport(
                    threshold,
                    value,
                    limit,
                    noted.get().state(),
                    Optional.of(noted.get().since()));
        }
        // Nobody has measured for a whole window, or ever: only what can be seen now speaks.
        List<Optional<Double>> window = new ArrayList<>(minutes.of(threshold));
        window.add(present);
        ThresholdState state = new Assessment(rules, threshold, window).first();
        return new ThresholdReport(threshold, value, limit, state, Optional.empty());
    }

    /** What can be measured at any time; the others take a minute. */
    private Optional<Double> present(Threshold threshold, Instant now) {
        return switch (threshold) {
            case AUDIT_BYTES -> Optional.of((double) storage.measures().auditBytes());
            case SESSIONS -> Optional.of((double) storage.iam().sessionsSeenSince(now.minus(SESSION_SEEN)));
            case JOBS_PER_MINUTE, WRITE_P95 -> Optional.empty();
        };
    }

    private static ThresholdState worst(List<ThresholdReport> thresholds) {
        return thresholds.stream()
                .map(ThresholdReport::state)
                .reduce((one, other) -> other.isWorseThan(one) ? other : one)
                .orElse(ThresholdState.UNKNOWN);
    }
}
