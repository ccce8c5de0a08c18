package io.aipanel.sqlite.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.sqlite.SqliteStorageHarness;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More jobs wait for a concurrency key than a claim puts out of the way in one transaction. */
final class HeldJobsTest {

    /** More than twice as many as are held at once. */
    private static final int MANY = 25_000;

    private static final NewJob KEYED = NewJob.of("work").priority(1).concurrencyKey("site");

    @Test
    void aClaimPassesThemAll() {
        try (SqliteStorageHarness harness = SqliteStorageHarness.create()) {
            JobQueueRepository jobs = harness.storage().jobs();
            jobs.enqueue(Collections.nCopies(MANY, KEYED));
            jobs.enqueue(List.of(NewJob.of("work")));
            assertThat(claim(jobs))
                    .extracting(claimed -> claimed.job().priority())
                    .containsExactly(1);

            assertThat(claim(jobs))
                    .extracting(claimed -> claimed.job().priority())
                    .containsExactly(0);
            assertThat(claim(jobs)).isEmpty();
        }
    }

    @Test
    void oneAfterTheOtherHasItsTurnAndIsCountedMeanwhile() {
        try (SqliteStorageHarness harness = SqliteStorageHarness.create()) {
            JobQueueRepository jobs = harness.storage().jobs();
            jobs.enqueue(Collections.nCopies(5, KEYED));
            for (int turn = 1; turn <= 5; turn++) {
                List<ClaimedJob> claimed = claim(jobs);
                assertThat(claimed).extracting(one -> one.job().id().value()).containsExactly((long) turn);
                assertThat(claim(jobs)).isEmpty();
                assertThat(jobs.pendingTypes().stream()
                                .mapToLong(type -> type.pending())
                                .sum())
                        .isEqualTo(5 - turn);
                jobs.finish(List.of(new JobEnd.Completed(claimed.get(0).lease(), Optional.empty())));
            }
        }
    }

    private static List<ClaimedJob> claim(JobQueueRepository jobs) {
        return jobs.claim(
                new ClaimRequest(QueueName.DEFAULT, Set.of(new JobType("work")), 1, Duration.ofMinutes(1), "worker"));
    }
}
