package io.aipanel.app.crash;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.jobs.JobMode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Enqueues jobs until it is killed, alone and many at once, some with a unique key. Tells what was acknowledged in lines of
 * standard output: {@code job ID}.
 */
final class JobEnqueuer {

    /** Of a type that nobody handles, in a queue of their own. */
    static final String NOBODYS = "nobodys";

    private static final int KEYS = 10;
    private static final long PAUSE_MILLIS = 3;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private JobEnqueuer() {}

    /** Arguments: the storage URL, a seed. */
    public static void main(String[] arguments) throws InterruptedException {
        Random random = new Random(Long.parseLong(arguments[1]));
        try (Panel panel = Panel.open(PanelOptions.of(arguments[0]).jobs(JobMode.OFF))) {
            while (true) {
                List<NewJob> jobs = new ArrayList<>();
                int number = random.nextInt(4) == 0 ? random.nextInt(30) : 1;
                for (int i = 0; i < number; i++) {
                    jobs.add(job(random));
                }
                for (Enqueued answer : panel.jobs().enqueue(jobs)) {
                    OUT.println("job " + answer.id());
                }
                // As fast as it can it would only make work for the end of the test.
                new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static NewJob job(Random random) {
        int what = random.nextInt(100);
        if (what < 2) {
            return NewJob.of(NOBODYS).queue(NOBODYS);
        }
        if (what < 6) {
            return NewJob.of(JobWorker.SLOW).uniqueKey("key-" + random.nextInt(KEYS));
        }
        if (what < 16) {
            return NewJob.of(JobWorker.QUICK).uniqueKey("key-" + random.nextInt(KEYS));
        }
        if (what < 20) {
            return NewJob.of(JobWorker.FAILING);
        }
        return NewJob.of(JobWorker.QUICK).priority(random.nextInt(3));
    }
}
