package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.error;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How attempts are ended and extended many at a time. */
public interface FinishContract extends StoreContract {

    @Test
    default void endsOfEveryKindGoInOneCall() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(6, work()));
            List<Lease> leases =
                    jobs.claim(request(9)).stream().map(ClaimedJob::lease).toList();
            Lease stale = new Lease(ids.get(5), leases.get(5).token() - 1);

            List<Boolean> answers = jobs.finish(List.of(
                    new JobEnd.Failed(leases.get(4), error("later"), Optional.of(Duration.ofHours(1))),
                    new JobEnd.Completed(stale, Optional.empty()),
                    new JobEnd.Completed(leases.get(2), Optional.of(new JsonText("2"))),
                    new JobEnd.Released(leases.get(3)),
                    new JobEnd.Completed(new Lease(new JobId(4711), 1), Optional.empty()),
                    new JobEnd.Failed(leases.get(1), error("last"), Optional.empty()),
                    new JobEnd.Completed(leases.get(0), Optional.empty())));

            assertThat(answers)
                    .as("one answer per end, in the given order; a stale one holds up nobody")
                    .containsExactly(true, false, true, true, false, true, true);
            assertThat(ids)
                    .as("each job ends as it was told")
                    .extracting(id -> job(jobs, id).state())
                    .containsExactly(
                            JobState.COMPLETED,
                            JobState.DEAD_LETTER,
                            JobState.COMPLETED,
                            JobState.PENDING,
                            JobState.PENDING,
                            JobState.RUNNING);
            assertThat(ids)
                    .as("each result belongs to its job")
                    .extracting(
                            id -> job(jobs, id).result().map(JsonText::value).orElse("none"))
                    .containsExactly("none", "none", "2", "none", "none", "none");
            assertThat(ids)
                    .as("each error belongs to its job")
                    .extracting(id -> job(jobs, id).lastError().orElse("none"))
                    .containsExactly("none", "last", "none", "none", "later", "none");
            assertThat(ids)
                    .as("an attempt that was given back does not count")
                    .extracting(id -> job(jobs, id).attempt())
                    .containsExactly(1, 1, 1, 0, 1, 1);
            assertThat(ids(jobs.claim(request(9))))
                    .as("what was given back is there at once, and what is to be tried later is not")
                    .containsExactly(ids.get(3));
        }
    }

    @Test
    default void leasesOfEveryKindAreExtendedInOneCall() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(4, work()));
            List<Lease> leases =
                    jobs.claim(request(9)).stream().map(ClaimedJob::lease).toList();
            complete(jobs, leases.get(1), Optional.empty());
            jobs.cancel(ids.get(2));

            List<LeaseState> answers = jobs.extend(
                    List.of(
                            leases.get(3),
                            leases.get(2),
                            new Lease(new JobId(4711), 1),
                            leases.get(1),
                            new Lease(ids.get(0), leases.get(0).token() - 1),
                            leases.get(0)),
                    Duration.ofHours(1));

            assertThat(answers)
                    .as("one answer per lease, in the given order")
                    .containsExactly(
                            LeaseState.HELD,
                            LeaseState.CANCEL_REQUESTED,
                            LeaseState.LOST,
                            LeaseState.LOST,
                            LeaseState.LOST,
                            LeaseState.HELD);
            harness.advance(Duration.ofMinutes(59));
            assertThat(jobs.claim(request(9)))
                    .as("all that are held last longer")
                    .isEmpty();
        }
    }

    @Test
    default void aLostLeaseIsNotExtended() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            JobId id = enqueue(jobs, work());
            Lease lost = claimOne(jobs).lease();
            harness.advance(PAST_THE_LEASE);
            claimOne(jobs);

            assertThat(extend(jobs, lost, Duration.ofHours(9)))
                    .as("a lost lease is not extended")
                    .isEqualTo(LeaseState.LOST);
            harness.advance(PAST_THE_LEASE);
            assertThat(claimOne(jobs).job().id())
                    .as("a lost lease does not extend that of another")
                    .isEqualTo(id);
        }
    }

    @Test
    default void aLeaseWhoseTimeIsOverIsExtendedIfNobodyTookTheJob() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            Lease late = claimOne(jobs).lease();
            harness.advance(PAST_THE_LEASE);

            assertThat(extend(jobs, late, LEASE))
                    .as("a lease is the latest until somebody takes the job again")
                    .isEqualTo(LeaseState.HELD);
            assertThat(jobs.claim(request(9))).as("it is live again").isEmpty();
        }
    }

    @Test
    default void endingNothingChangesNothing() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, work());
            claimOne(jobs);

            assertThat(jobs.finish(List.of())).as("no end, no answer").isEmpty();
            assertThat(jobs.extend(List.of(), LEASE)).as("no lease, no answer").isEmpty();
            assertThat(jobs.counts().get(0).jobs()).as("nothing was changed").containsEntry(JobState.RUNNING, 1L);
        }
    }

    @Test
    default void tenThousandLeasesGoInOneCall() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(10_000, work()));
            List<Lease> leases =
                    jobs.claim(request(10_000)).stream().map(ClaimedJob::lease).toList();

            assertThat(jobs.extend(leases, LEASE))
                    .as("ten thousand leases are extended in one call")
                    .hasSize(10_000)
                    .containsOnly(LeaseState.HELD);
            assertThat(jobs.finish(leases.stream()
                            .<JobEnd>map(lease -> new JobEnd.Completed(
                                    lease,
                                    Optional.of(new JsonText(lease.jobId().toString()))))
                            .toList()))
                    .as("ten thousand attempts are ended in one call")
                    .hasSize(10_000)
                    .containsOnly(true);
            assertThat(jobs.counts().get(0).jobs()).as("all are counted").containsEntry(JobState.COMPLETED, 10_000L);
            JobId last = ids.get(9_999);
            assertThat(job(jobs, last).result())
                    .as("each result belongs to its job")
                    .contains(new JsonText(last.toString()));
        }
    }

    @Test
    default void moreThanTenThousandLeasesAreRefused() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Lease lease = new Lease(new JobId(1), 1);

            Refusal.of(
                    IllegalArgumentException.class,
                    "a call holds at most 10 000 leases",
                    () -> jobs.extend(Collections.nCopies(10_001, lease), LEASE));
            Refusal.of(
                    IllegalArgumentException.class,
                    "a call holds at most 10 000 ends",
                    () -> jobs.finish(Collections.nCopies(10_001, new JobEnd.Released(lease))));
        }
    }

    @Test
    default void ofTwoBatchesThatEndTheSameJobsEachJobEndsOnce() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, Collections.nCopies(50, work()));
            List<JobEnd> upwards = jobs.claim(request(50)).stream()
                    .<JobEnd>map(claimed -> new JobEnd.Completed(claimed.lease(), Optional.empty()))
                    .toList();
            List<JobEnd> downwards = new ArrayList<>(upwards);
            Collections.reverse(downwards);

            List<List<Boolean>> answers = Race.answers(Race.between(
                    List.of(() -> jobs.finish(upwards), () -> other.jobs().finish(downwards))));

            assertThat(answers.stream().flatMap(List::stream).filter(counted -> counted))
                    .as("a lease ends its job once, whoever comes first, and nobody is held up for ever")
                    .hasSize(50);
            assertThat(jobs.counts().get(0).jobs())
                    .as("each is counted once")
                    .containsEntry(JobState.COMPLETED, 50L)
                    .containsEntry(JobState.RUNNING, 0L);
        }
    }
}
