package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.maxRunningPerKey;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobChange;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which job goes next when a concurrency key has room again. */
public interface NextOfAKeyContract extends StoreContract {

    private static NewJob keyed(String key) {
        return work().concurrencyKey(key);
    }

    @Test
    default void thoseThatWaitedGoByPriorityThenTimeThenArrival() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Instant past = harness.now().minusSeconds(1000);
            JobId running = enqueue(jobs, keyed("a").priority(9));
            List<JobId> ids = enqueueAll(
                    jobs,
                    List.of(
                            keyed("a").runAt(past.plusSeconds(5)),
                            keyed("a").runAt(past),
                            keyed("a").runAt(past),
                            keyed("a").runAt(past.plusSeconds(9)).priority(1)));
            ClaimedJob claimed = jobs.claim(request(9)).get(0);
            assertThat(claimed.job().id())
                    .as("the highest priority comes first")
                    .isEqualTo(running);

            List<JobId> order = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                assertThat(jobs.claim(request(9))).as("the others wait").isEmpty();
                complete(jobs, claimed);
                claimed = claimOne(jobs);
                order.add(claimed.job().id());
            }

            assertThat(order)
                    .as("those that waited go by priority, then time, then arrival")
                    .containsExactly(ids.get(3), ids.get(1), ids.get(2), ids.get(0));
        }
    }

    @Test
    default void aJobThatArrivesLaterButIsMoreUrgentGoesBeforeThoseThatWait() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, List.of(keyed("a"), keyed("a")));
            ClaimedJob first = claimOne(jobs);
            assertThat(jobs.claim(request(9))).as("the other waits").isEmpty();
            JobId urgent = enqueue(jobs, keyed("a").priority(1));

            complete(jobs, first);

            assertThat(claimOne(jobs).job().id())
                    .as("priority comes before arrival, also among those that wait for a key")
                    .isEqualTo(urgent);
        }
    }

    @Test
    default void everyEndLetsTheNextOneGo() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Map<String, Consumer<ClaimedJob>> ends = Map.of(
                    "completed", claimed -> complete(jobs, claimed),
                    "dead", claimed -> bury(jobs, claimed),
                    "failed", claimed -> fail(jobs, claimed.lease(), "no", Optional.of(Duration.ofHours(1))),
                    "stopped",
                            claimed -> {
                                jobs.cancel(claimed.job().id());
                                release(jobs, claimed.lease());
                            });

            ends.forEach((key, end) -> {
                List<JobId> ids = enqueueAll(jobs, List.of(keyed(key), keyed(key)));
                ClaimedJob first = claimOne(jobs);
                assertThat(jobs.claim(request(9))).as("the other waits").isEmpty();

                end.accept(first);

                ClaimedJob second = claimOne(jobs);
                assertThat(second.job().id())
                        .as("every end lets the next one go: %s", key)
                        .isEqualTo(ids.get(1));
                complete(jobs, second);
            });
        }
    }

    @Test
    default void aJobThatIsGivenBackCompetesForItsKeyAgain() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a")));
            ClaimedJob first = claimOne(jobs);
            assertThat(jobs.claim(request(9))).as("the other waits").isEmpty();

            release(jobs, first.lease());

            assertThat(ids(jobs.claim(request(9))))
                    .as("a job that is given back is the first again, and still one runs at a time")
                    .containsExactly(ids.get(0));
        }
    }

    @Test
    default void aWaitingJobThatIsCancelledGoesNoMore() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a"), keyed("a")));
            ClaimedJob first = claimOne(jobs);
            assertThat(jobs.claim(request(9))).as("the others wait").isEmpty();

            assertThat(jobs.cancel(ids.get(1))).as("a waiting job is pending").isEqualTo(JobChange.DONE);
            complete(jobs, first);

            assertThat(ids(jobs.claim(request(9))))
                    .as("a cancelled job goes no more, and the next one goes instead")
                    .containsExactly(ids.get(2));
        }
    }

    @Test
    default void aDeadWorkersCancelledJobLetsTheNextOneGo() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a")));
            claimOne(jobs);
            assertThat(jobs.claim(request(9))).as("the other waits").isEmpty();
            jobs.cancel(ids.get(0));
            harness.advance(PAST_THE_LEASE);

            List<JobId> taken = new ArrayList<>(ids(jobs.claim(request(9))));
            taken.addAll(ids(jobs.claim(request(9))));

            assertThat(taken)
                    .as("what a claim cancels lets the next one go, if not in this claim then in the next")
                    .containsExactly(ids.get(1));
        }
    }

    @Test
    default void aFreeKeyIsNotKeptForAJobThatNobodyHandles() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Set<JobType> types = Set.of(WORK, new JobType("mail"));
            enqueueAll(
                    jobs,
                    List.of(
                            keyed("a").priority(9),
                            NewJob.of("mail").concurrencyKey("a").priority(5),
                            keyed("a")));
            List<ClaimedJob> first = jobs.claim(new ClaimRequest(QueueName.DEFAULT, types, 9, LEASE, "worker"));
            assertThat(first).as("of one key one job runs at a time").hasSize(1);

            complete(jobs, first.get(0));

            assertThat(jobs.claim(request(9)))
                    .as("a free key is not kept for a job of a type that this worker does not handle")
                    .hasSize(1);
        }
    }

    @Test
    default void aHigherLimitLetsThoseGoThatWaited() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a"), keyed("a"), keyed("a")));
            claimOne(jobs);
            assertThat(jobs.claim(request(9))).as("the others wait").isEmpty();

            harness.storage().queues().limit(QueueName.DEFAULT, maxRunningPerKey(3));

            assertThat(ids(jobs.claim(request(9))))
                    .as("a higher limit lets those go that waited")
                    .containsExactly(ids.get(1), ids.get(2));
        }
    }
}
