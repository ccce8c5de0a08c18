package io.aipanel.bench.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis.
 *
 * @param least the least value that has a place on it, above 0
 * @param most the largest, above {@code least}
 * @param begin where the least one is drawn
 * @param end where the largest one is drawn
 */
record LogScale(double least, double most, double begin, double end) {

    private static final int[] STEPS = {1, 2, 5};

    /** More decades than these have no marks between them. */
    private static final double FEW_DECADES = 2.5;

    /** One that has a place for all of these values, each above 0; the ends are values that are marked. */
    static LogScale around(List<Double> values, double begin, double end) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return new LogScale(below(least), above(most), begin, end);
    }

    /** Where a value is drawn. */
    double at(double value) {
        return begin + (end - begin) * Math.log(value / least) / Math.log(most / least);
    }

    /** The values to mark, rising. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        boolean few = Math.log10(most / least) < FEW_DECADES;
        for (int decade = decade(least); decade <= decade(most); decade++) {
            for (int step : few ? STEPS : new int[] {1}) {
                double mark = step * Math.pow(10, decade);
                if (mark >= least * 0.999 && mark <= most * 1.001) {
                    marks.add(mark);
                }
            }
        }
        return marks;
    }

    private static double below(double value) {
        double power = Math.pow(10, decade(value));
        return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power;
    }

    private static double above(double value) {
        double power = Math.pow(10, decade(value));
        // Always above what it is for, so that an axis has a length.
        return value < 2 * power ? 2 * power : value < 5 * power ? 5 * power : 10 * power;
    }

    private static int decade(double value) {
        return (int) Math.floor(Math.log10(value) + 1e-9);
    }
}
