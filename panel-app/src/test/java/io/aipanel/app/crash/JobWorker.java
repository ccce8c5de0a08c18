package io.aipanel.app.crash;

import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.jobs.HandlerOptions;
import io.aipanel.service.jobs.RunningJob;
import io.aipanel.service.jobs.WorkerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Handles jobs until it is killed or its standard input ends. Each attempt is told in a line of standard output when it
 * begins, and in another when it is about to end well: {@code start JOB ATTEMPT WORKER} and {@code end JOB ATTEMPT WORKER}.
 */
final class JobWorker {

    /** Is over at once. */
    static final String QUICK = "quick";

    /** Takes some time, so that it is often killed while it runs. */
    static final String SLOW = "slow";

    /** Never ends well. */
    static final String FAILING = "failing";

    /** How often a failing job is tried. */
    static final int ATTEMPTS = 3;

    /** As short as it may be, so that the jobs of a killed worker soon run again. */
    static final Duration LEASE = Duration.ofSeconds(1);

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private JobWorker() {}

    /** Argument: the storage URL. */
    public static void main(String[] arguments) throws IOException {
        WorkerOptions workers = new WorkerOptions(4, LEASE, Duration.ofSeconds(5));
        HandlerOptions options =
                HandlerOptions.DEFAULT.retry(new RetryPolicy(ATTEMPTS, Duration.ZERO, Duration.ofMillis(10)));
        try (Panel panel = Panel.open(PanelOptions.of(arguments[0]).workers(workers))) {
            panel.jobs().handle(QUICK, options, job -> make(job, Duration.ZERO));
            panel.jobs().handle(SLOW, options, job -> make(job, Duration.ofMillis(300)));
            panel.jobs().handle(FAILING, options, job -> {
                tell("start", job);
                throw new IllegalStateException("as always");
            });
            OUT.println("ready");
            while (System.in.read() != -1) {
                // Whoever has started this closes it.
            }
        }
    }

    private static void make(RunningJob job, Duration atMost) throws InterruptedException {
        tell("start", job);
        if (!atMost.isZero()) {
            new CountDownLatch(1).await(ThreadLocalRandom.current().nextLong(atMost.toMillis()), TimeUnit.MILLISECONDS);
        }
        job.result("{\"attempt\": " + job.attempt() + ", \"worker\": \"" + worker(job) + "\"}");
        tell("end", job);
    }

    private static void tell(String what, RunningJob job) {
        OUT.println(what + " " + job.job().id() + " " + job.attempt() + " " + worker(job));
    }

    private static String worker(RunningJob job) {
        return job.job().worker().orElseThrow();
    }
}
