package io.aipanel.bench.capacity;

import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.bench.harness.Progress;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/** A panel under one load after the other. For one thread. */
final class LoadedPanel {

    private final Map<LoadKind, Load> loads = new EnumMap<>(LoadKind.class);
    private final WriteLatencies latencies;
    private final Progress progress;

    /**
     * @param sessions how many sessions there are at ADR-002's limit
     * @param latencies hears how long the panel's writes take
     */
    LoadedPanel(Panel panel, int sessions, SampleEvents samples, WriteLatencies latencies, Progress progress) {
        this.latencies = latencies;
        this.progress = progress;
        loads.put(LoadKind.JOBS, new JobLoad(panel));
        loads.put(LoadKind.SESSIONS, new SessionLoad(panel, sessions));
        loads.put(LoadKind.AUDIT, new AuditLoad(panel, samples));
    }

    /**
     * Puts a load on it.
     *
     * @param warmUp how long it lasts before it is measured
     * @param window how long it is measured
     * @throws ExecutionException if a call has failed
     */
    Found run(Step step, Duration warmUp, Duration window) throws InterruptedException, ExecutionException {
        List<OpenLoop> calls = new ArrayList<>();
        try {
            for (LoadKind kind : step.loads()) {
                calls.addAll(loads.get(kind).begin(step.factor()));
            }
            OpenLoop.run(calls, warmUp);
            latencies.sinceLastTime();
            calls.forEach(OpenLoop::sinceLastTime);
            OpenLoop.run(calls, window);
            Latencies found = latencies.sinceLastTime();
            progress.say("%s: %s", step.label(), found);
            return new Found(found, behind(step, calls, window));
        } finally {
            calls.forEach(OpenLoop::close);
        }
    }

    private Duration behind(Step step, List<OpenLoop> calls, Duration window) {
        Duration most = Duration.ZERO;
        for (OpenLoop loop : calls) {
            Histogram nanos = loop.sinceLastTime();
            progress.say(
                    "  %s: %.1f/s of %.1f/s, from when they were due p95 %.2f, p99 %.2f ms",
                    loop.name(),
                    nanos.getTotalCount() * 1e9 / window.toNanos(),
                    loop.perSecond(),
                    nanos.getValueAtPercentile(95) / 1e6,
                    nanos.getValueAtPercentile(99) / 1e6);
            most = longer(most, loop.behind());
        }
        for (LoadKind kind : step.loads()) {
            most = longer(most, loads.get(kind).behind());
        }
        return most;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * What a load has shown.
     *
     * @param latencies how long writes took
     * @param behind how far the load was behind its clock at the end
     */
    record Found(Latencies latencies, Duration behind) {}
}
