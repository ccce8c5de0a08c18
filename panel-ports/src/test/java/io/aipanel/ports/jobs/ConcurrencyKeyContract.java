package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.LEASE;
import static io.aipanel.ports.jobs.JobSamples.PAST_THE_LEASE;
import static io.aipanel.ports.jobs.JobSamples.WORK;
import static io.aipanel.ports.jobs.JobSamples.bury;
import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.enqueueAll;
import static io.aipanel.ports.jobs.JobSamples.extend;
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
import io.aipanel.domain.jobs.LeaseState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.PendingType;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.HostileTexts;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How jobs with the same concurrency key wait for each other. */
public interface ConcurrencyKeyContract extends StoreContract {

    private static NewJob keyed(String key) {
        return work().concurrencyKey(key);
    }

    @Test
    default void ofOneKeyOneJobRunsAtATime() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a"), keyed("a")));

            for (JobId id : ids) {
                List<ClaimedJob> claimed = jobs.claim(request(9));
                assertThat(ids(claimed)).as("of one key one job runs at a time").containsExactly(id);
                assertThat(jobs.claim(request(9)))
                        .as("of one key one job runs at a time")
                        .isEmpty();
                complete(jobs, claimed.get(0));
            }
        }
    }

    @Test
    default void aJobThatWaitsForItsKeyLetsOthersPass() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(
                    jobs,
                    List.of(
                            keyed("a").priority(9),
                            keyed("a").priority(8),
                            work().priority(7),
                            keyed("b").priority(6),
                            keyed("b").priority(5),
                            work().priority(4)));

            assertThat(ids(jobs.claim(request(3))))
                    .as("a job that waits for its key lets those behind it pass")
                    .containsExactly(ids.get(0), ids.get(2), ids.get(3));
            assertThat(ids(jobs.claim(request(9))))
                    .as("a job that waits for its key lets those behind it pass")
                    .containsExactly(ids.get(5));
        }
    }

    @Test
    default void asManyOfAKeyRunAsTheQueueAllows() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunningPerKey(2));
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a"), keyed("a"), keyed("b")));

            assertThat(ids(jobs.claim(request(9))))
                    .as("as many of a key run as the queue allows")
                    .containsExactly(ids.get(0), ids.get(1), ids.get(3));
        }
    }

    @Test
    default void aKeyCountsOverTheTypesOfItsQueueAndNotBeyond() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            Set<JobType> types = Set.of(WORK, new JobType("mail"));
            JobId first = enqueue(jobs, keyed("a"));
            enqueue(jobs, NewJob.of("mail").concurrencyKey("a"));
            JobId elsewhere = enqueue(jobs, keyed("a").queue("other"));

            assertThat(ids(jobs.claim(new ClaimRequest(QueueName.DEFAULT, types, 9, LEASE, "worker"))))
                    .as("jobs of another type with the same key wait, too")
                    .containsExactly(first);
            assertThat(ids(jobs.claim(request("other", 9))))
                    .as("a key belongs to its queue")
                    .containsExactly(elsewhere);
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
    default void keysAreComparedToTheLetter() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<NewJob> wanted = HostileTexts.IN_ORDER.stream()
                    .flatMap(key -> Stream.of(keyed(key), keyed(key)))
                    .toList();
            enqueueAll(jobs, wanted);

            List<ClaimedJob> claimed = jobs.claim(request(wanted.size()));

            assertThat(claimed)
                    .as("keys are compared to the letter, and come back to it")
                    .extracting(each -> each.job().concurrencyKey().orElseThrow())
                    .containsExactlyElementsOf(HostileTexts.IN_ORDER);
        }
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
    default void aLeaseThatEndsGoesOnCountingUntilItsJobDoes() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a").priority(9)));
            ClaimedJob urgent = claimOne(jobs);
            harness.advance(PAST_THE_LEASE);

            List<ClaimedJob> again = jobs.claim(request(9));

            assertThat(ids(again))
                    .as("a job whose lease has ended never stopped counting, and runs again itself")
                    .containsExactly(ids.get(1));
            complete(jobs, urgent);
            assertThat(jobs.claim(request(9))).as("a stale lease frees nothing").isEmpty();
            complete(jobs, again.get(0));
            assertThat(claimOne(jobs).job().id())
                    .as("an end lets the next one go")
                    .isEqualTo(ids.get(0));
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

    @Test
    default void aLowerLimitLetsRunWhatRuns() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunningPerKey(2));
            List<JobId> ids = enqueueAll(jobs, List.of(keyed("a"), keyed("a"), keyed("a")));
            List<ClaimedJob> running = jobs.claim(request(9));
            harness.storage().queues().limit(QueueName.DEFAULT, QueueLimits.DEFAULT);

            assertThat(extend(jobs, running.get(0).lease(), LEASE))
                    .as("what runs already goes on")
                    .isEqualTo(LeaseState.HELD);
            complete(jobs, running.get(0));
            assertThat(jobs.claim(request(9)))
                    .as("the lower limit holds for the next one")
                    .isEmpty();
            complete(jobs, running.get(1));
            assertThat(ids(jobs.claim(request(9))))
                    .as("the next one goes when there is room")
                    .containsExactly(ids.get(2));
        }
    }

    @Test
    default void aFreeKeyDoesNotMakeAJobEarlier() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueue(jobs, keyed("a"));
            JobId later = enqueue(jobs, keyed("a").delay(Duration.ofHours(1)));
            complete(jobs, claimOne(jobs));

            assertThat(jobs.claim(request(9))).as("its time has not come").isEmpty();
            harness.advance(Duration.ofMinutes(61));
            assertThat(claimOne(jobs).job().id()).as("its time has come").isEqualTo(later);
        }
    }

    @Test
    default void manyThatWaitDoNotHideOthers() {
        try (StorageHarness harness = fresh()) {
            JobQueueRepository jobs = harness.storage().jobs();
            enqueueAll(jobs, Collections.nCopies(1500, keyed("a").priority(5)));
            List<JobId> free = enqueueAll(jobs, List.of(work(), keyed("b"), work()));

            List<JobId> taken = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                taken.addAll(ids(jobs.claim(request(1))));
            }

            assertThat(taken)
                    .as("however many wait for a key, a claim finds what can run")
                    .hasSize(4)
                    .endsWith(free.get(0), free.get(1), free.get(2));
            assertThat(jobs.pendingTypes())
                    .as("what waits for a key is pending")
                    .containsExactly(new PendingType(QueueName.DEFAULT, WORK, 1499));
        }
    }

    @Test
    default void claimersOfTwoOpeningsNeverRunMoreOfAKeyThanAllowed() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            JobQueueRepository jobs = harness.storage().jobs();
            harness.storage().queues().limit(QueueName.DEFAULT, maxRunningPerKey(2));
            List<JobId> ids = enqueueAll(
                    jobs,
                    IntStream.range(0, 40).mapToObj(i -> keyed("key " + i % 2)).toList());
            RunningCount running = new RunningCount(ids.size());

            Race.answers(Race.of(4, i -> () -> running.work(i % 2 == 0 ? jobs : other.jobs(), 3)));

            assertThat(running.mostAtOnce("key 0"))
                    .as("no more of a key run at once than allowed, whoever claims")
                    .isBetween(1, 2);
            assertThat(running.mostAtOnce("key 1"))
                    .as("no more of a key run at once than allowed, whoever claims")
                    .isBetween(1, 2);
            assertThat(running.done())
                    .as("each ran once, and none was left waiting")
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }
}
