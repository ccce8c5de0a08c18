package io.aipanel.bench.capacity;

import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import java.time.Duration;
import java.util.List;

/** Jobs that are enqueued one by one, claimed and completed by the panel's own workers. Their handler does nothing. */
final class JobLoad implements Load {

    /** ADR-002's limit. */
    static final double PER_SECOND = 500.0 / 60;

    /** How many enqueue at once. */
    static final int THREADS = 32;

    private static final String QUEUE = "capacity";
    private static final NewJob JOB = NewJob.of("capacity").queue(QUEUE);

    private final Panel panel;
    private volatile long lastTook;

    /** Handles the jobs from now on. */
    JobLoad(Panel panel) {
        this.panel = panel;
        panel.jobs()
                .handle(JOB.type().value(), QUEUE, job -> lastTook = System.nanoTime() - Long.parseLong(job.payload()));
    }

    @Override
    public List<OpenLoop> begin(int factor) {
        return List.of(new OpenLoop("jobs", factor * PER_SECOND, THREADS, this::enqueue));
    }

    private void enqueue() {
        panel.jobs().enqueue(JOB.payload(Long.toString(System.nanoTime())));
    }

    /** How long the job that was handled last had waited. */
    @Override
    public Duration behind() {
        return Duration.ofNanos(lastTook);
    }
}
