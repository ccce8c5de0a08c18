package io.aipanel.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {

    /** More mistakes than this make another word. */
    private static final int MOST_MISTAKES = 2;

    private Nearest() {}

    /** The candidate that is at most {@value #MOST_MISTAKES} mistakes away; empty if none is. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        // In a short word two mistakes leave nothing to recognise it by.
        int most = word.length() < 5 ? 1 : MOST_MISTAKES;
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** The end of a refusal: {@code did you mean X? Valid are: X, Y, Z}. */
    public static String suggestion(String word, Collection<String> candidates) {
        String valid = "valid are: " + String.join(", ", candidates);
        return to(word, candidates)
                .map(candidate -> "did you mean " + candidate + "? " + valid)
                .orElse(valid);
    }

    /** Levenshtein's distance, without regard to case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
