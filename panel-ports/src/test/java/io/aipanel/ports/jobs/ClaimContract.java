package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which jobs a worker gets, and in which order. */
public interface ClaimContract extends StoreContract {

    @Test
    default void aTakenJobRunsUnderALease() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().payload("{\"x\":1}").priority(7).uniqueKey("key"));
            Job before = job(jobs, id);

            ClaimedJob claimed = claimOne(jobs);

            assertThat(claimed.job())
                    .as("taking a job changes nothing else")
                    .usingRecursiveComparison()
                    .ignoringFields("state", "attempt", "startedAt", "worker")
                    .isEqualTo(before);
            assertThat(claimed.job().state()).as("a taken job is running").isEqualTo(JobState.RUNNING);
            assertThat(claimed.job().attempt())
                    .as("a taken job is running, and its attempt counts")
                    .isEqualTo(1);
            assertThat(claimed.job().worker()).as("who runs it is known").contains("worker");
            assertThat(claimed.job().startedAt().orElseThrow())
                    .as("the attempt began now")
                    .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES));
            assertThat(claimed.leaseUntil())
                    .as("the lease lasts as long as it was asked for")
                    .isCloseTo(harness.now().plus(LEASE), within(1, ChronoUnit.MINUTES));
            assertThat(claimed.lease().jobId()).as("the lease is the job's").isEqualTo(id);
            assertThat(jobs.job(id)).as("what was answered is what is stored").contains(claimed.job());
        }
    }

    @Test
    default void aTakenJobIsNotTakenAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            claimOne(jobs);

            assertThat(jobs.claim(request(1)))
                    .as("a live lease keeps others out")
                    .isEmpty();
        }
    }

    @Test
    default void anEmptyQueueGivesNothing() {
        try (StorageHarness harness = fresh()) {
            assertThat(harness.storage().jobs().claim(request(10_000)))
                    .as("there is no work")
                    .isEmpty();
        }
    }

    @Test
    default void higherPrioritiesComeFirst() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = jobs
                    .enqueue(List.of(
                            work(),
                            work().priority(1000),
                            work().priority(-1000),
                            work().priority(1),
                            work().priority(-1)))
                    .stream()
                    .map(Enqueued::id)
                    .toList();

            assertThat(ids(jobs.claim(request(2))))
                    .as("higher priorities come first")
                    .containsExactly(ids.get(1), ids.get(3));
            assertThat(ids(jobs.claim(request(9))))
                    .as("higher priorities come first")
                    .containsExactly(ids.get(0), ids.get(4), ids.get(2));
        }
    }

    @Test
    default void ofOnePriorityTheEarliestTimeComesFirst() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Instant past = harness.now().minusSeconds(1000);
            List<JobId> ids = jobs
                    .enqueue(List.of(
                            work().runAt(past.plusSeconds(2)),
                            work().runAt(past.plusNanos(1000)),
                            work().runAt(past),
                            work().runAt(past.plusSeconds(1)).priority(1)))
                    .stream()
                    .map(Enqueued::id)
                    .toList();

            assertThat(ids(jobs.claim(request(9))))
                    .as("priority comes before time")
                    .containsExactly(ids.get(3), ids.get(2), ids.get(1), ids.get(0));
        }
    }

    @Test
    default void ofOneTimeTheFirstToArriveComesFirst() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Instant past = harness.now().minusSeconds(1000);
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ids.add(enqueue(jobs, work().runAt(past)));
            }

            List<JobId> claimed = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                claimed.addAll(ids(jobs.claim(request(3))));
            }
            assertThat(claimed).as("priority, then time, then arrival").containsExactlyElementsOf(ids);
        }
    }

    @Test
    default void aJobWhoseTimeHasNotComeWaits() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work().runAt(harness.now().plusSeconds(600)));

            assertThat(jobs.claim(request(1))).as("its time has not come").isEmpty();
            harness.advance(Duration.ofSeconds(590));
            assertThat(jobs.claim(request(1))).as("its time has not come").isEmpty();
            harness.advance(Duration.ofSeconds(20));
            assertThat(claimOne(jobs).job().id()).as("its time has come").isEqualTo(id);
        }
    }

    @Test
    default void aWorkerGetsNoMoreThanItAskedFor() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            jobs.enqueue(IntStream.range(0, 10).mapToObj(i -> work()).toList());

            assertThat(jobs.claim(request(3))).as("no more than it asked for").hasSize(3);
            assertThat(jobs.claim(request(7))).as("the rest fits exactly").hasSize(7);
        }
    }

    @Test
    default void aWorkerGetsOnlyItsQueueAndItsTypes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId mail = enqueue(jobs, NewJob.of("mail"));
            JobId capital = enqueue(jobs, NewJob.of("Mail"));
            enqueue(jobs, NewJob.of("mail").queue("other"));
            enqueue(jobs, NewJob.of("mai1"));
            enqueue(jobs, NewJob.of("ma.l"));
            ClaimRequest request = new ClaimRequest(
                    QueueName.DEFAULT,
                    Set.of(new JobType("mail"), new JobType("Mail"), new JobType("none")),
                    9,
                    LEASE,
                    "w");

            assertThat(ids(jobs.claim(request)))
                    .as("a worker gets only its queue and its types")
                    .containsExactly(mail, capital);
            assertThat(jobs.claim(new ClaimRequest(new QueueName("Other"), Set.of(new JobType("mail")), 9, LEASE, "w")))
                    .as("queues differ by case")
                    .isEmpty();
        }
    }

    @Test
    default void namesOfWorkersComeBackToTheLetter() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (String worker : HostileTexts.IN_ORDER) {
                JobId id = enqueue(jobs, work());
                jobs.claim(new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), 1, LEASE, worker));
                assertThat(job(jobs, id).worker())
                        .as("text comes back to the letter")
                        .contains(worker);
            }
        }
    }

    @Test
    default void twoClaimersNeverGetOneJob() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            for (int round = 0; round < 20; round++) {
                JobId id = enqueue(jobs, work());

                List<List<ClaimedJob>> claimed = Race.answers(Race.of(2, i -> () -> jobs.claim(request(1))));

                assertThat(claimed.stream()
                                .flatMap(List::stream)
                                .map(each -> each.job().id()))
                        .as("two claimers never get one job")
                        .containsExactly(id);
            }
        }
    }

    @Test
    default void manyClaimersShareManyJobs() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids =
                    jobs
                            .enqueue(IntStream.range(0, 500)
                                    .mapToObj(i -> work().priority(i % 5))
                                    .toList())
                            .stream()
                            .map(Enqueued::id)
                            .toList();

            List<List<JobId>> claimed = Race.answers(Race.of(8, i -> () -> claimUntilEmpty(jobs)));

            assertThat(claimed.stream().flatMap(List::stream))
                    .as("every job is taken once")
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    private static List<JobId> claimUntilEmpty(JobQueueRepository jobs) {
        List<JobId> mine = new ArrayList<>();
        List<JobId> next = ids(jobs.claim(request(7)));
        while (!next.isEmpty()) {
            mine.addAll(next);
            next = ids(jobs.claim(request(7)));
        }
        return mine;
    }

    @Test
    default void aWorkerMayTakeTenThousandJobsAtOnce() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<Enqueued> added = jobs.enqueue(
                    IntStream.range(0, 10_000).mapToObj(i -> work()).toList());

            List<ClaimedJob> claimed = jobs.claim(request(10_000));

            assertThat(ids(claimed))
                    .as("all of them, in order")
                    .containsExactlyElementsOf(added.stream().map(Enqueued::id).toList());
        }
    }
}
