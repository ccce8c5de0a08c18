package io.aipanel.bench.harness;

import java.util.Optional;

/**
 * What a figure is held to.
 *
 * @param result the name of the figure
 * @param beside empty for the figure itself, else whose ratio is meant
 * @param bound which side of the limit is good
 * @param limit the worst that is still good
 */
public record Target(String result, Optional<String> beside, Bound bound, double limit) {

    /** Which side of a limit is good. */
    public enum Bound {
        /** The limit or more. */
        AT_LEAST("≥"),
        /** The limit or less. */
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        /** How people write it. */
        public String sign() {
            return sign;
        }
    }

    /** The figure must not be lower. */
    public static Target atLeast(String result, double limit) {
        return new Target(result, Optional.empty(), Bound.AT_LEAST, limit);
    }

    /** The figure must not be higher. */
    public static Target atMost(String result, double limit) {
        return new Target(result, Optional.empty(), Bound.AT_MOST, limit);
    }

    /** The same for the ratio to somebody, not for the figure itself. */
    public Target beside(String whom) {
        return new Target(result, Optional.of(whom), bound, limit);
    }

    /** Whether a value is good. */
    public boolean isMet(double value) {
        return bound == Bound.AT_LEAST ? value >= limit : value <= limit;
    }
}
