package io.aipanel.bench.jobs;

import io.aipanel.bench.engine.EngineName;
import io.aipanel.bench.harness.Target;
import java.util.List;

/** What the queue is held to, at full size on two processors. */
final class QueueTargets {

    private QueueTargets() {}

    static List<Target> of(EngineName engine) {
        return switch (engine) {
            case SQLITE ->
                List.of(
                        Target.atLeast(QueueResults.BULK, 50_000),
                        Target.atLeast(QueueResults.BULK, 0.5).beside(QueueResults.RAW),
                        Target.atLeast(QueueResults.BULK, 25).beside(QueueResults.JOBRUNR),
                        Target.atLeast(QueueResults.CALLERS, 30_000),
                        Target.atMost(QueueResults.CALLERS_P99, 5),
                        Target.atMost(QueueResults.WAKE_UP_P99, 3),
                        Target.atMost(QueueResults.CLAIM, 1.5).beside(QueueResults.EMPTY));
            case POSTGRES ->
                List.of(
                        Target.atLeast(QueueResults.BULK, 25_000),
                        Target.atLeast(QueueResults.BULK, 0.6).beside(QueueResults.RAW),
                        Target.atLeast(QueueResults.BULK, 10).beside(QueueResults.JOBRUNR),
                        Target.atLeast(QueueResults.BULK, 2).beside(QueueResults.DB_SCHEDULER),
                        Target.atMost(QueueResults.WAKE_UP_P99, 15),
                        Target.atMost(QueueResults.CLAIM, 1.5).beside(QueueResults.EMPTY),
                        Target.atLeast(QueueResults.LONG_TRANSACTION, 0.5).beside(QueueResults.UNDISTURBED));
        };
    }
}
