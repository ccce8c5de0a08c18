package io.aipanel.domain.capacity;

import java.util.Arrays;

/**
 * A straight line through points that outliers do not turn: its slope is the median of the slopes of all pairs of points
 * (H. Theil, <i>A rank-invariant method of linear and polynomial regression analysis</i>, 1950). Whether there is a slope at
 * all is decided by the test of Mann (1945) and Kendall (1975), the variance being corrected for ties; the interval of the
 * slope is that of P. K. Sen, <i>Estimates of the regression coefficient based on Kendall's tau</i>, 1968. Both suppose that
 * the points know nothing of each other. What one has of the one before is taken off the weight of their number as K. H.
 * Hamed and A. R. Rao do it in <i>A modified Mann-Kendall trend test for autocorrelated data</i>, 1998; it never adds to it.
 *
 * @param slope the slope
 * @param low the lower end of its interval
 * @param high the upper end of its interval
 * @param significant whether there is one, with an error of 5 %
 * @param tau how many more pairs rise than fall, as a share of all: 1 if all rise, -1 if all fall
 */
record TheilSen(double slope, double low, double high, boolean significant, double tau) {

    /** The normal distribution's quantile for a confidence of 95 %, two-sided. */
    private static final double Z = 1.959963984540054;

    /**
     * The line through points. Takes time and room with the square of their number.
     *
     * @param x rising
     * @param y as many, at least 3
     */
    static TheilSen of(double[] x, double[] y) {
        int n = x.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int concordance = 0;
        int pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[pairs++] = (y[j] - y[i]) / (x[j] - x[i]);
                concordance += (int) Math.signum(y[j] - y[i]);
            }
        }
        Arrays.sort(slopes);
        double slope = Medians.ofSorted(slopes);
        double spread = Z * Math.sqrt(variance(y) * inflation(x, y, slope));
        return new TheilSen(
                slope,
                at(slopes, (pairs - spread) / 2),
                at(slopes, (pairs + spread) / 2 + 1),
                Math.abs(concordance) - 1 > spread,
                (double) concordance / pairs);
    }

    /** Whether two lines cannot be the same: their intervals have nothing in common. */
    boolean contradicts(TheilSen other) {
        return low > other.high || high < other.low;
    }

    /** The slope of a rank that begins at 1, between two of them in proportion; infinite beyond the ends. */
    private static double at(double[] sorted, double rank) {
        if (rank < 1) {
            return Double.NEGATIVE_INFINITY;
        }
        if (rank > sorted.length) {
            return Double.POSITIVE_INFINITY;
        }
        int below = (int) rank;
        double lower = sorted[below - 1];
        return below == sorted.length ? lower : lower + (rank - below) * (sorted[below] - lower);
    }

    /** The variance of the sum of Kendall's signs if there is no trend, with its correction for ties. */
    private static double variance(double[] y) {
        double n = y.length;
        double sum = n * (n - 1) * (2 * n + 5);
        double[] sorted = y.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; ) {
            int end = i + 1;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                end++;
            }
            double tied = end - i;
            sum -= tied * (tied - 1) * (2 * tied + 5);
            i = end;
        }
        return sum / 18;
    }

    /** By how much the variance is larger because points are like those before them: at least 1. */
    private static double inflation(double[] x, double[] y, double slope) {
        double n = x.length;
        double[] ranks = ranks(x, y, slope);
        double bound = Z / Math.sqrt(n);
        double sum = 0;
        for (int lag = 1; lag < ranks.length - 2; lag++) {
            double alike = correlation(ranks, lag);
            if (Math.abs(alike) > bound) {
                sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * alike;
            }
        }
        return Math.max(1, 1 + 2 * sum / (n * (n - 1) * (n - 2)));
    }

    /** The rank of each point's distance from the line, less the mean rank; equal ones share theirs. */
    private static double[] ranks(double[] x, double[] y, double slope) {
        double[] rest = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            rest[i] = y[i] - slope * (x[i] - x[0]);
        }
        double[] ranks = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (double other : rest) {
                ranks[i] += Math.signum(rest[i] - other) / 2;
            }
        }
        return ranks;
    }

    private static double correlation(double[] centred, int lag) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < centred.length; i++) {
            square += centred[i] * centred[i];
            if (i >= lag) {
                product += centred[i] * centred[i - lag];
            }
        }
        return square == 0 ? 0 : product / square;
    }
}
