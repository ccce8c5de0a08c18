package io.aipanel.bench.capacity;

import io.aipanel.bench.engine.EngineName;
import io.aipanel.ports.storage.StoreName;
import java.util.ArrayList;
import java.util.List;

/** The names of the figures, and of what they are compared with. Programs hold on to them. */
final class CapacityResults {

    static final String P95 = "write.p95.";
    static final String P99 = "write.p99.";
    static final String MAX = "write.max.";
    static final String BEHIND = "behind.";
    static final String ONE_FILE_P95 = "write.p95.one-file";
    static final String ONE_FILE_RATE = "write.rate.one-file";
    static final String RATE = "write.rate.max";
    static final String RATE_BELOW_LIMIT = "write.rate.below-200ms";
    static final String MEASURING = "measuring.cost";

    static final String MEASURING_NANOS = "measuring.nanos";

    static final String ONE_FILE = "one-file";

    static final String MILLIS = "ms";
    static final String WRITES_PER_SECOND = "writes/s";
    static final String PERCENT = "%";
    static final String NANOS = "ns";

    /** Those of a rate that rises. */
    static final List<String> OF_RISING_RATE = List.of(RATE_BELOW_LIMIT, RATE);

    /** Those of one file beside three. */
    static final List<String> OF_ONE_FILE = List.of(ONE_FILE_P95, ONE_FILE_RATE);

    /** Those of what measuring costs. */
    static final List<String> OF_MEASURING = List.of(MEASURING, MEASURING_NANOS);

    private CapacityResults() {}

    /** Those of a step. */
    static List<String> of(Step step) {
        String label = step.label();
        List<String> names = new ArrayList<>();
        names.add(P95 + label);
        if (!step.alone()) {
            for (StoreName store : StoreName.values()) {
                names.add(P95 + label + "." + store.wireName());
            }
            names.add(P99 + label);
            names.add(MAX + label);
            names.add(BEHIND + label);
        }
        return names;
    }

    /** All of an engine, in the order in which they are measured. */
    static List<String> of(EngineName engine) {
        List<String> names = new ArrayList<>();
        Step.all().forEach(step -> names.addAll(of(step)));
        names.addAll(OF_RISING_RATE);
        if (engine == EngineName.SQLITE) {
            // On PostgreSQL the three stores are in one database in any case.
            names.addAll(OF_ONE_FILE);
        }
        names.addAll(OF_MEASURING);
        return List.copyOf(names);
    }
}
