package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.extend;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.ids;
import static io.aipanel.ports.jobs.JobSamples.maxRunning;
import static io.aipanel.ports.jobs.JobSamples.release;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How a queue bounds what runs at once. */
public interface QueueLimitContract extends StoreContract {

    @Test
    default void noMoreJobsOfAQueueRunThanItAllows() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(3));
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(5, work()));

            List<ClaimedJob> running = jobs.claim(request(9));

            assertThat(ids(running))
                    .as("no more jobs of a queue run than it allows")
                    .containsExactlyElementsOf(ids.subList(0, 3));
            assertThat(jobs.claim(request(9)))
                    .as("no more jobs of a queue run than it allows")
                    .isEmpty();
            complete(jobs, running.get(1));
            assertThat(ids(jobs.claim(request(9))))
                    .as("an end makes room for one")
                    .containsExactly(ids.get(3));
        }
    }

    @Test
    default void allTypesAndWorkersOfAQueueCountTogether() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Set<JobType> mail = Set.of(new JobType("mail"));
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(2));
            enqueueAll(jobs, List.of(work(), NewJob.of("mail"), NewJob.of("mail")));
            claimOne(jobs);

            assertThat(jobs.claim(new ClaimRequest(QueueName.DEFAULT, mail, 9, LEASE, "another")))
                    .as("all types and workers of a queue count together")
                    .hasSize(1);
            assertThat(jobs.claim(new ClaimRequest(QueueName.DEFAULT, mail, 9, LEASE, "a third")))
                    .as("all types and workers of a queue count together")
                    .isEmpty();
        }
    }

    @Test
    default void aLimitHoldsForItsQueueOnly() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(1));
            enqueueAll(jobs, List.of(work(), work().queue("other"), work().queue("other")));
            claimOne(jobs);

            assertThat(jobs.claim(request("other", 9)))
                    .as("a limit holds for its queue only")
                    .hasSize(2);
        }
    }

    @Test
    default void everyEndMakesRoom() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(1));
            List<Consumer<ClaimedJob>> ends = List.of(
                    claimed -> complete(jobs, claimed),
                    claimed -> bury(jobs, claimed),
                    claimed -> fail(jobs, claimed.lease(), "no", Optional.of(Duration.ofHours(1))),
                    claimed -> {
                        jobs.cancel(claimed.job().id());
                        release(jobs, claimed.lease());
                    });
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(ends.size() + 1, work()));

            ClaimedJob running = claimOne(jobs);
            for (int i = 0; i < ends.size(); i++) {
                assertThat(jobs.claim(request(9))).as("the queue is full").isEmpty();
                ends.get(i).accept(running);
                running = claimOne(jobs);
                assertThat(running.job().id())
                        .as("every end makes room: end %d", i)
                        .isEqualTo(ids.get(i + 1));
            }
        }
    }

    @Test
    default void aJobWhoseLeaseHasEndedIsNotHeldUpAndNeverStoppedCounting() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(3));
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(4, work()));
            jobs.claim(request(9));
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(1));
            harness.advance(PAST_THE_LEASE);

            assertThat(ids(jobs.claim(request(9))))
                    .as("a job whose lease has ended is not held up by limits, and never stopped counting")
                    .containsExactlyElementsOf(ids.subList(0, 3));
        }
    }

    @Test
    default void whatRunsGoesOnUnderALowerLimit() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, Collections.nCopies(3, work()));
            List<ClaimedJob> running = jobs.claim(request(2));

            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(1));

            assertThat(extend(jobs, running.get(0).lease(), LEASE))
                    .as("what runs already goes on")
                    .isEqualTo(LeaseState.HELD);
            complete(jobs, running.get(0));
            assertThat(jobs.claim(request(9)))
                    .as("the lower limit holds for the next one")
                    .isEmpty();
            complete(jobs, running.get(1));
            assertThat(jobs.claim(request(9))).as("there is room").hasSize(1);
        }
    }

    @Test
    default void aLimitThatIsTakenAwayHoldsNothingBack() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(1));
            enqueueAll(jobs, Collections.nCopies(4, work()));
            jobs.claim(request(9));

            harness.storage().queues().limit(QueueName.DEFAULT, QueueLimits.DEFAULT);

            assertThat(jobs.claim(request(9)))
                    .as("a limit that is taken away holds nothing back")
                    .hasSize(3);
        }
    }

    @Test
    default void underALimitTheMostUrgentGoFirst() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(2));
            List<JobId> ids = enqueueAll(
                    jobs,
                    List.of(
                            work(),
                            work().priority(2).concurrencyKey("a"),
                            work().priority(3).concurrencyKey("a"),
                            work().priority(1)));

            assertThat(ids(jobs.claim(request(9))))
                    .as("a place goes to the most urgent that its key lets go")
                    .containsExactly(ids.get(2), ids.get(3));
        }
    }

    @Test
    default void claimersOfTwoOpeningsNeverRunMoreThanTheQueueAllows() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunning(3));
            List<JobId> ids = enqueueAll(jobs, Collections.nCopies(40, work()));
            RunningCount running = new RunningCount(ids.size());

            Race.answers(Race.of(4, i -> () -> running.work(i % 2 == 0 ? jobs : other.jobs(), 2)));

            assertThat(running.mostAtOnce(""))
                    .as("no more jobs of a queue run at once than it allows, whoever claims")
                    .isBetween(1, 3);
            assertThat(running.done())
                    .as("each ran once, and none was left waiting")
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }
}
