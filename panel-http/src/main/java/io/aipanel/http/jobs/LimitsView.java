package io.aipanel.http.jobs;

import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much of a queue may run, as the outside sees it; null for no limit. */
record LimitsView(
        @Nullable Integer maxRunning,
        int maxRunningPerKey,
        @Nullable RateView rate) {

    static LimitsView of(QueueLimits limits) {
        return new LimitsView(
                limits.maxRunning().orElse(null),
                limits.maxRunningPerKey(),
                limits.rate().map(RateView::of).orElse(null));
    }

    record RateView(int starts, Duration period) {

        static RateView of(RateLimit rate) {
            return new RateView(rate.starts(), rate.period());
        }
    }
}
