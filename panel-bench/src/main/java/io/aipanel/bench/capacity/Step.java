package io.aipanel.bench.capacity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One load that is put on a panel.
 *
 * @param log how large the log is
 * @param loads what is done, all at once
 * @param factor how many times ADR-002's limit
 * @param whole whether it lasts for the whole window over which a limit has to be exceeded
 */
record Step(LogSize log, Set<LoadKind> loads, int factor, boolean whole) {

    private static final List<Integer> FACTORS = List.of(1, 4, 16, 64);

    /** How many times the limits the target is for. */
    static final int TARGET_FACTOR = 10;

    /** All of them, so that the log only grows: loads together, and each alone. */
    static List<Step> all() {
        Set<LoadKind> together = EnumSet.allOf(LoadKind.class);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(LogSize.TENTH, together, TARGET_FACTOR, false));
        FACTORS.forEach(factor -> steps.add(new Step(LogSize.WHOLE, together, factor, false)));
        for (LoadKind alone : LoadKind.values()) {
            FACTORS.forEach(factor -> steps.add(new Step(LogSize.WHOLE, Set.of(alone), factor, false)));
        }
        steps.add(new Step(LogSize.WHOLE, together, TARGET_FACTOR, true));
        steps.add(new Step(LogSize.TWICE, together, TARGET_FACTOR, false));
        return List.copyOf(steps);
    }

    /** Whether it is only one of the loads. */
    boolean alone() {
        return loads.size() == 1;
    }

    /** What its results are called by. */
    String label() {
        String times = factor + "x";
        if (alone()) {
            return loads.iterator().next().wireName() + "." + times;
        }
        return switch (log) {
            case TENTH -> times + ".1gb";
            case WHOLE -> times;
            case TWICE -> times + ".20gb";
        };
    }
}
