package io.aipanel.bench.harness;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One figure.
 *
 * @param name what was measured
 * @param value how much; times in milliseconds
 * @param unit of what
 * @param ratio ours over theirs, by who they are, in the order in which they were measured; all from one run
 */
public record Result(String name, double value, String unit, Map<String, Double> ratio) {

    /** Keeps its own copy of the map. */
    public Result {
        ratio = Collections.unmodifiableMap(new LinkedHashMap<>(ratio));
    }

    /** A figure that is not compared with others. */
    public static Result of(String name, double value, String unit) {
        return new Result(name, value, unit, Map.of());
    }

    /** The same figure, compared with one more. */
    public Result beside(String whom, double theirs) {
        Map<String, Double> more = new LinkedHashMap<>(ratio);
        more.put(whom, value / theirs);
        return new Result(name, value, unit, more);
    }
}
