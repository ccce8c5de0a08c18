package io.aipanel.domain.capacity;

import java.time.Instant;
import java.util.Optional;

/** How long a limit will last. */
public sealed interface Forecast {

    /** What the outside calls this kind of forecast, for example {@code no-trend}. */
    String kind();

    /**
     * The value rises or falls, and more than chance explains.
     *
     * @param perDay by how much a day: the median of the slopes; negative if it falls
     * @param perDayLow the smallest slope that the data allows, with a confidence of 95 %
     * @param perDayHigh the largest one
     * @param warning when the share of the limit that warns will be reached; empty if not within
     *     {@value DaysUntil#HORIZON_DAYS} days
     * @param limit when the limit itself will be; empty likewise
     */
    record Trend(
            double perDay, double perDayLow, double perDayHigh, Optional<DaysUntil> warning, Optional<DaysUntil> limit)
            implements Forecast {

        @Override
        public String kind() {
            return "trend";
        }
    }

    /** The data does not support that it rises or falls: chance explains as much. */
    record NoTrend() implements Forecast {

        @Override
        public String kind() {
            return "no-trend";
        }
    }

    /**
     * For what comes and goes, such as rates and latencies: how much was needed when most was.
     *
     * @param from when the busiest window began
     * @param value what was reached in each minute of it
     * @param share the same as a share of the limit, 1 for all of it
     */
    record Headroom(Instant from, double value, double share) implements Forecast {

        @Override
        public String kind() {
            return "headroom";
        }
    }

    /** There is too little data to say anything. */
    record Unknown() implements Forecast {

        @Override
        public String kind() {
            return "unknown";
        }
    }
}
