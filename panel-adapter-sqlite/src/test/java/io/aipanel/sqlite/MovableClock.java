package io.aipanel.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class MovableClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-29T00:59:59.123456Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves it on, or back if the duration is negative. */
    public void advance(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }
}
