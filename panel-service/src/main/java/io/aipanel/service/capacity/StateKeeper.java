package io.aipanel.service.capacity;

import io.aipanel.domain.capacity.Assessment;
import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.ports.capacity.CapacityRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.audit.Details;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.settings.CapacitySettings;
import io.aipanel.service.settings.SettingValues;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Keeps the states of the thresholds. A change, its audit event and what tells others of it are one transaction; of several
 * processes that see the same change, one makes it.
 */
final class StateKeeper {

    private static final Actor PANEL = Actor.program("system");

    private final Storage storage;
    private final Changes changes;
    private final SettingValues settings;
    private final BiConsumer<Change, StateChange> notices;

    /** @param notices has somebody told of a change, within its transaction */
    StateKeeper(Storage storage, Changes changes, SettingValues settings, BiConsumer<Change, StateChange> notices) {
        this.storage = storage;
        this.changes = changes;
        this.settings = settings;
        this.notices = notices;
    }

    /**
     * Judges the window that has just ended. Does nothing where the limits mean nothing.
     *
     * @param now the time
     */
    void judge(Instant now) {
        if (!storage.measures().limitsApply()) {
            return;
        }
        CapacityRules rules = CapacitySettings.rules(settings);
        CapacityRepository capacity = storage.capacity();
        Minutes minutes = Minutes.before(Step.MINUTE.floor(now), rules.windowMinutes(), capacity);
        List<ThresholdStatus> states = capacity.states();
        for (Threshold threshold : Threshold.values()) {
            Optional<ThresholdStatus> before = states.stream()
                    .filter(status -> status.threshold() == threshold)
                    .findFirst();
            Assessment assessment = new Assessment(rules, threshold, minutes.of(threshold));
            ThresholdState next =
                    before.map(status -> assessment.after(status, now)).orElseGet(assessment::first);
            if (before.filter(status -> status.state() == next).isEmpty()) {
                change(before, next, rules.limit(threshold), minutes.last(threshold), threshold, now);
            }
        }
    }

    private void change(
            Optional<ThresholdStatus> before,
            ThresholdState next,
            double limit,
            Optional<Double> value,
            Threshold threshold,
            Instant now) {
        ThresholdState from = before.map(ThresholdStatus::state).orElse(ThresholdState.UNKNOWN);
        StateChange change = new StateChange(threshold, from, next, value, limit, now);
        Optional<Instant> notifiedAt = change.isNews() ? Optional.of(now) : before.flatMap(ThresholdStatus::notifiedAt);
        changes.make(PANEL, made -> {
            boolean first = made.capacity().change(before, new ThresholdStatus(threshold, next, now, notifiedAt));
            // That nothing was known before the first minute is no change.
            if (first && (before.isPresent() || change.isNews())) {
                made.record("capacity.state", "capacity:" + threshold.wireName(), details(change));
                notices.accept(made, change);
            }
            return first;
        });
    }

    private static Details details(StateChange change) {
        return Details.of("from", change.from().wireName())
                .and("to", change.to().wireName())
                .and("value", change.value().map(StateKeeper::plain))
                .and("limit", plain(change.limit()))
                .and("unit", change.threshold().unit());
    }

    /** Without an exponent and with no more digits than anybody reads. */
    private static BigDecimal plain(double number) {
        BigDecimal rounded =
                BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
