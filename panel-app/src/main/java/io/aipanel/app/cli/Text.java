package io.aipanel.app.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How values are shown to people. */
public final class Text {

    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private static final int LONGEST_CELL = 80;

    private Text() {}

    /** The same text without characters that would begin a new line or steer the terminal. */
    public static String onOneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** The beginning of a text that is too long for a cell. */
    public static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_CELL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_CELL - 1)) + "…";
    }

    /** The same text in lines that are not wider than they may be, unless one word is. */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** A time with how far away it is, for example {@code 2026-11-23 07:40:12Z (5 min ago)}. */
    public static String time(Instant time, Instant now) {
        String exact = time(time);
        Duration distance = Duration.between(time, now);
        String relative = duration(distance.abs());
        return exact + (distance.isNegative() ? " (in " + relative + ")" : " (" + relative + " ago)");
    }

    /** A time as it is, for example {@code 2026-11-23 07:40:12Z}. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }

    /** A time that may be missing. */
    public static String time(Optional<Instant> time, Instant now) {
        return time.map(present -> time(present, now)).orElse("-");
    }

    /** A duration in its largest unit, for example {@code 3 h}. */
    static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return duration.toMinutes() + " min";
        }
        if (duration.compareTo(Duration.ofDays(2)) < 0) {
            return duration.toHours() + " h";
        }
        return duration.toDays() + " d";
    }

    /** A size in a unit that keeps it short, for example {@code 1.5 MiB}. */
    public static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < SIZES.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, SIZES[unit]);
    }
}
