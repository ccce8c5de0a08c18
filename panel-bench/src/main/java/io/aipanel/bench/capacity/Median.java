package io.aipanel.bench.capacity;

import java.util.List;

/** The value in the middle, and how far it may be from the truth. */
final class Median {

    /** Half of the normal distribution's range for 95 %, as the count of values above the median is about that. */
    private static final double HALF_OF_95_PERCENT = 0.98;

    private Median() {}

    /** Of an even number of values, the higher of the two in the middle; there is at least one. */
    static double of(List<Double> values) {
        return at(values, values.size() / 2);
    }

    /** The least that the true median is, with a confidence of 95 %, whatever the distribution. */
    static double least(List<Double> values) {
        return at(values, (int) Math.floor(values.size() / 2.0 - spread(values)));
    }

    /** The most that it is. */
    static double most(List<Double> values) {
        return at(values, (int) Math.ceil(values.size() / 2.0 + spread(values)));
    }

    private static double spread(List<Double> values) {
        return HALF_OF_95_PERCENT * Math.sqrt(values.size());
    }

    private static double at(List<Double> values, int rank) {
        int within = Math.max(0, Math.min(values.size() - 1, rank));
        return values.stream().sorted().skip(within).findFirst().orElseThrow();
    }
}
