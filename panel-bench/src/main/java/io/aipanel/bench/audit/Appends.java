package io.aipanel.bench.audit;

import io.aipanel.bench.engine.Database;
import io.aipanel.bench.engine.Engine;
import io.aipanel.bench.harness.Callers;
import io.aipanel.bench.harness.Progress;
import io.aipanel.bench.harness.Rate;
import io.aipanel.bench.harness.Result;
import java.time.Duration;
import java.time.Instant;

/** How many events a log takes in, each call durable when it returns. */
final class Appends {

    private static final int BULK = 1_000;

    /** As often as people do things on a busy panel; it decides how the indexes fill. */
    private static final long STEP_MICROS = 20_000;

    private final Engine engine;
    private final Duration duration;
    private final Progress progress;

    /** @param duration for how long each part is measured, after as long a warm-up */
    Appends(Engine engine, Duration duration, Progress progress) {
        this.engine = engine;
        this.duration = duration;
        this.progress = progress;
    }

    /** With so many callers, each with one event a call. */
    Result withCallers(String name, int callers) throws Exception {
        return compared(name, callers, 1, callers);
    }

    /** With one caller and many events a call. */
    Result inBulk(String name) throws Exception {
        return compared(name, 1, BULK, BULK);
    }

    private Result compared(String name, int callers, int perCall, int perCommit) throws Exception {
        Rate ours;
        try (Database database = engine.newDatabase();
                Appender panel = PanelAppender.on(database)) {
            ours = rate(panel, callers, perCall);
        }
        Rate noTree;
        try (Database database = engine.newDatabase();
                Database table = engine.newDatabase();
                Appender appender = NoTree.on(engine.name(), database, table)) {
            noTree = rate(appender, callers, perCall);
        }
        Rate raw;
        try (Database database = engine.newDatabase();
                Database table = engine.newDatabase()) {
            raw = new RawAppends(engine.name(), perCommit).run(database, table, duration, samples());
        }
        progress.say(
                "%s: %.0f events/s; without the tree %.0f; hand-written %.0f",
                name, ours.perSecond(), noTree.perSecond(), raw.perSecond());
        return Result.of(name, ours.perSecond(), AuditResults.EVENTS_PER_SECOND)
                .beside(AuditResults.NO_TREE, noTree.perSecond())
                .beside(AuditResults.RAW, raw.perSecond());
    }

    private Rate rate(Appender appender, int callers, int perCall) throws Exception {
        SampleEvents samples = samples();
        Rate calls = new Callers(callers, () -> appender.append(samples.next(perCall)))
                .run(duration)
                .rate();
        return new Rate(calls.amount() * perCall, calls.window());
    }

    private static SampleEvents samples() {
        return new SampleEvents(Instant.parse("2026-01-01T00:00:00Z"), STEP_MICROS);
    }
}
