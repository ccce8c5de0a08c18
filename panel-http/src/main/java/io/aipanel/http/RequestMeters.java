package io.aipanel.http;

import io.aipanel.http.web.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long requests take, by route and status. What leads to no route is not measured: anybody could make names up. */
final class RequestMeters {

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What a request to a route is measured with. */
    Measured of(Route route) {
        return (status, nanos) -> timers.computeIfAbsent(
                        new Key(route.method().name(), route.path(), status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("panel.http.requests")
                .description("From the head of a request to its answer")
                .tags("method", key.method(), "route", key.path(), "status", Integer.toString(key.status()))
                .register(registry);
    }

    /** Measures a request. */
    @FunctionalInterface
    interface Measured {
        void record(int status, long nanos);
    }

    private record Key(String method, String path, int status) {}
}
