package io.aipanel.service.settings;

import io.aipanel.domain.capacity.CapacityRules;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The settings of how near the panel may come to the limits of its storage. ADR-002's are the defaults. */
public final class CapacitySettings {

    /** For how long something must be so before it counts. */
    public static final SettingKey<Duration> WINDOW = SettingKey.visible(
            "capacity.window",
            checked(SettingType.DURATION, CapacityRules.DEFAULT::window),
            CapacityRules.DEFAULT.window().toString(),
            "For how long a limit must be passed, every minute of it, before it counts; whole minutes up to a day");

    /** From which share of a limit on there is a warning. */
    public static final SettingKey<Double> WARNING_SHARE = SettingKey.visible(
            "capacity.warning-share",
            checked(SettingType.NUMBER, CapacityRules.DEFAULT::warningShare),
            "0.8",
            "From which share of a limit on there is a warning; above 0 and below 1");

    /** How far below a line a value must be before it counts as below again. */
    public static final SettingKey<Double> HYSTERESIS = SettingKey.visible(
            "capacity.hysteresis",
            checked(SettingType.NUMBER, CapacityRules.DEFAULT::hysteresis),
            "0.05",
            "By which share of a limit a value must be below it before it counts as below again; 0 to 0.5");

    /** How long a state lasts before it becomes a better one. */
    public static final SettingKey<Duration> MINIMUM_INTERVAL = SettingKey.visible(
            "capacity.minimum-interval",
            checked(SettingType.DURATION, CapacityRules.DEFAULT::minimumInterval),
            CapacityRules.DEFAULT.minimumInterval().toString(),
            "How long a state lasts at least before it becomes a better one; up to seven days");

    private static final Map<Threshold, SettingKey<Double>> LIMITS = limits();

    private CapacitySettings() {}

    /** The limit of a threshold. */
    public static SettingKey<Double> limit(Threshold threshold) {
        return Objects.requireNonNull(LIMITS.get(threshold));
    }

    /** All of them. */
    public static List<SettingKey<?>> all() {
        List<SettingKey<?>> all = new ArrayList<>(LIMITS.values());
        all.addAll(List.of(WINDOW, WARNING_SHARE, HYSTERESIS, MINIMUM_INTERVAL));
        return all;
    }

    private static Map<Threshold, SettingKey<Double>> limits() {
        Map<Threshold, SettingKey<Double>> keys = new EnumMap<>(Threshold.class);
        for (Threshold threshold : Threshold.values()) {
            keys.put(
                    threshold,
                    SettingKey.visible(
                            "capacity.limit." + threshold.wireName(),
                            checked(SettingType.NUMBER, limit -> CapacityRules.DEFAULT.limit(threshold, limit)),
                            BigDecimal.valueOf(threshold.defaultLimit())
                                    .setScale(0, RoundingMode.UNNECESSARY)
                                    .toPlainString(),
                            "The limit of " + threshold.wireName() + ", in " + threshold.unit() + ". "
                                    + threshold.rationale()));
        }
        return keys;
    }

    /** A value is valid if the rules with it are. */
    private static <T> SettingType<T> checked(SettingType<T> type, Function<? super T, CapacityRules> rules) {
        return new SettingType<>(type.name(), (field, text) -> {
            T value = type.parser().parse(field, text);
            rules.apply(value);
            return value;
        });
    }

    /** What counts at present. */
    public static CapacityRules rules(SettingValues values) {
        Map<Threshold, Double> limits = new EnumMap<>(Threshold.class);
        LIMITS.forEach((threshold, key) -> limits.put(threshold, values.value(key)));
        return new CapacityRules(
                limits,
                values.value(WINDOW),
                values.value(WARNING_SHARE),
                values.value(HYSTERESIS),
                values.value(MINIMUM_INTERVAL));
    }
}
