package io.aipanel.app.capacity;

import io.aipanel.app.cli.Screen;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws numbers with characters. */
enum Drawing {
    /** With block elements. */
    BLOCKS("█", "░", "▁▂▃▄▅▆▇█"),
    /** With what every terminal has. */
    ASCII("#", ".", "_.:-=+*#");

    /** What moves by less than this share of its highest value is drawn as flat as it is. */
    private static final double LEAST_RANGE = 0.05;

    private final String full;
    private final String empty;
    private final String heights;

    Drawing(String full, String empty, String heights) {
        this.full = full;
        this.empty = empty;
        this.heights = heights;
    }

    /** The one that a screen can show. */
    static Drawing on(Screen screen) {
        return screen.unicode() ? BLOCKS : ASCII;
    }

    /**
     * A bar of which as much is full as of something; something small shows, and only all fills it.
     *
     * @param share 0 for nothing, 1 for all or more
     * @param width how many characters, at least 1
     */
    String bar(double share, int width) {
        int cells = (int) Math.floor(Math.min(1, share) * width);
        int filled = share > 0 ? Math.max(1, cells) : 0;
        return full.repeat(filled) + empty.repeat(width - filled);
    }

    /**
     * A character for each value, the higher the greater; where nothing was measured there is a gap.
     *
     * @param values 0 or more
     */
    String sparkline(List<OptionalDouble> values) {
        double lowest = measured(values).min().orElse(0);
        double highest = measured(values).max().orElse(0);
        double range = Math.max(highest - lowest, LEAST_RANGE * highest);
        return values.stream()
                .map(value -> value.isEmpty() ? " " : height(value.getAsDouble() - lowest, range))
                .collect(Collectors.joining());
    }

    private String height(double value, double range) {
        int level = range > 0 ? (int) (value / range * heights.length()) : 0;
        return String.valueOf(heights.charAt(Math.min(level, heights.length() - 1)));
    }

    private static DoubleStream measured(List<OptionalDouble> values) {
        return values.stream().flatMapToDouble(OptionalDouble::stream);
    }
}
