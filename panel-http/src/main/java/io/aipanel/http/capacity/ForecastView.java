package io.aipanel.http.capacity;

import io.aipanel.domain.capacity.DaysUntil;
import io.aipanel.domain.capacity.Forecast;
import io.aipanel.domain.capacity.Forecast.Headroom;
import io.aipanel.domain.capacity.Forecast.Trend;
import io.aipanel.domain.capacity.Outlook;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A forecast as the outside sees it.
 *
 * @param kind trend, no-trend, headroom or unknown
 * @param text the same in one sentence for people
 * @param perDay of a trend: by how much it grows a day, in the unit of the threshold; perDayLow and perDayHigh are the
 *     interval of 95 % confidence
 * @param warning of a trend: in how many days it will warn; null if not within ten years
 * @param limit of a trend: in how many days it will be at the limit; null if not within ten years
 * @param busiest of headroom: the busiest window there was
 */
record ForecastView(
        String kind,
        String text,
        @Nullable Double perDay,
        @Nullable Double perDayLow,
        @Nullable Double perDayHigh,
        @Nullable DaysUntilView warning,
        @Nullable DaysUntilView limit,
        @Nullable BusiestWindowView busiest) {

    static ForecastView of(Forecast forecast, double warningShare) {
        Optional<Trend> trend = as(Trend.class, forecast);
        return new ForecastView(
                forecast.kind(),
                Outlook.of(forecast, warningShare),
                trend.map(Trend::perDay).orElse(null),
                trend.map(Trend::perDayLow).orElse(null),
                trend.map(Trend::perDayHigh).orElse(null),
                trend.flatMap(Trend::warning).map(DaysUntilView::of).orElse(null),
                trend.flatMap(Trend::limit).map(DaysUntilView::of).orElse(null),
                as(Headroom.class, forecast).map(BusiestWindowView::of).orElse(null));
    }

    private static <T extends Forecast> Optional<T> as(Class<T> kind, Forecast forecast) {
        return Optional.of(forecast).filter(kind::isInstance).map(kind::cast);
    }

    /**
     * In how many days; 0 if it is so already.
     *
     * @param high null if it may be after ten years, or never
     */
    record DaysUntilView(double days, double low, @Nullable Double high) {

        static DaysUntilView of(DaysUntil until) {
            return new DaysUntilView(
                    until.days(),
                    until.low(),
                    until.high().isPresent() ? until.high().getAsDouble() : null);
        }
    }

    /** What each minute of the busiest window has reached. */
    record BusiestWindowView(Instant from, double value, double share) {

        static BusiestWindowView of(Headroom headroom) {
            return new BusiestWindowView(headroom.from(), headroom.value(), headroom.share());
        }
    }
}
