package io.aipanel.bench.capacity;

import io.aipanel.bench.audit.SampleEvents;
import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.service.Panel;
import java.util.List;

/**
 * Events that are recorded one by one. ADR-002 limits how large the log may be, not how fast it grows: at its limit, 20 events
 * a second are taken for it, which fill 10 GB within two weeks.
 *
 * @param panel where they are recorded
 * @param samples where they come from
 */
record AuditLoad(Panel panel, SampleEvents samples) implements Load {

    /** At ADR-002's limit. */
    static final double PER_SECOND = 20;

    /** How many record at once. */
    static final int THREADS = 64;

    @Override
    public List<OpenLoop> begin(int factor) {
        return List.of(new OpenLoop(
                "events", factor * PER_SECOND, THREADS, () -> panel.audit().record(samples.next(1))));
    }
}
