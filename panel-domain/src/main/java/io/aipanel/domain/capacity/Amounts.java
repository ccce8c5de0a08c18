package io.aipanel.domain.capacity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How measured amounts are shown. */
public final class Amounts {

    /** Powers of 1000, because ADR-002's limit is one. */
    private static final String[] SIZES = {"bytes", "kB", "MB", "GB", "TB", "PB"};

    private Amounts() {}

    /** For programs: no exponent, at most three decimals. */
    public static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** For people: in the threshold's unit, or for bytes in one that keeps it short. */
    public static String text(Threshold threshold, double amount) {
        return threshold == Threshold.AUDIT_BYTES ? size(amount) : tenths(amount) + " " + threshold.unit();
    }

    private static String size(double bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 999.95 && unit < SIZES.length - 1) {
            size /= 1000;
            unit++;
        }
        return tenths(size) + " " + SIZES[unit];
    }

    private static String tenths(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    }
}
