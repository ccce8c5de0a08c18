package io.aipanel.domain.capacity;

import java.util.Arrays;

/** Middle values, which outliers do not move. */
final class Medians {

    private Medians() {}

    /** The median of some values, at least one. */
    static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted);
    }

    /** The median of sorted values, at least one. */
    static double ofSorted(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The last of some values, as many as wanted. */
    static double[] last(double[] values, int number) {
        return Arrays.copyOfRange(values, values.length - number, values.length);
    }

    /** The medians of so many values from each one on, as long as there are as many. */
    static double[] rolling(double[] values, int window) {
        double[] medians = new double[values.length - window + 1];
        for (int i = 0; i < medians.length; i++) {
            medians[i] = of(Arrays.copyOfRange(values, i, i + window));
        }
        return medians;
    }
}
