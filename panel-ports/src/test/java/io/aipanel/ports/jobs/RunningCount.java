package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Workers that claim and complete jobs until a number of them is done, and count how many run at once. They count a job
 * after its claim and no longer before its end: never more than the store lets run.
 */
final class RunningCount {

    private final int wanted;
    private final Map<String, Integer> now = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private final List<JobId> done = new ArrayList<>();

    RunningCount(int wanted) {
        this.wanted = wanted;
    }

    /** Works until enough is done, whoever did it; answers how many claims that took. */
    int work(JobQueueRepository jobs, int atOnce) {
        int claims = 0;
        while (done().size() < wanted) {
            List<ClaimedJob> claimed = jobs.claim(request(atOnce));
            claimed.forEach(this::begun);
            for (ClaimedJob each : claimed) {
                ended(each);
                assertThat(complete(jobs, each)).as("a live lease ends its job").isTrue();
            }
            claims++;
        }
        return claims;
    }

    private synchronized void begun(ClaimedJob claimed) {
        String key = key(claimed);
        most.merge(key, now.merge(key, 1, Integer::sum), Math::max);
    }

    private synchronized void ended(ClaimedJob claimed) {
        now.merge(key(claimed), -1, Integer::sum);
        done.add(claimed.job().id());
    }

    private static String key(ClaimedJob claimed) {
        return claimed.job().concurrencyKey().orElse("");
    }

    /** How many with a concurrency key, or without one if it is empty, were seen to run at once. */
    synchronized int mostAtOnce(String key) {
        return most.getOrDefault(key, 0);
    }

    /** Which jobs ended, in order; one that was handed out twice is there twice. */
    synchronized List<JobId> done() {
        return List.copyOf(done);
    }
}
