package io.aipanel.bench.capacity;

import io.aipanel.bench.harness.OpenLoop;
import java.time.Duration;
import java.util.List;

/** One of the loads that ADR-002 limits. */
interface Load {

    /**
     * Makes what is needed, and begins.
     *
     * @param factor how many times ADR-002's limit, 1 or more
     * @return what has begun; the caller ends it
     */
    List<OpenLoop> begin(int factor);

    /** How far that which follows from the calls is behind them, beside the calls themselves. */
    default Duration behind() {
        return Duration.ZERO;
    }
}
