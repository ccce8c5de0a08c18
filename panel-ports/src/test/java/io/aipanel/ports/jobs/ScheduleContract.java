package io.aipanel.ports.jobs;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.job;
import static io.aipanel.ports.jobs.JobSamples.request;
import static io.aipanel.ports.jobs.JobSamples.untried;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.ports.storage.Race;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How schedules are kept and fired. */
public interface ScheduleContract extends StoreContract {

    /** When the sample schedules are due. */
    Instant DUE = Instant.parse("2026-03-29T02:00:00.123456Z");

    /** When they are due after that. */
    Instant NEXT = DUE.plus(Duration.ofDays(1));

    private static Schedule schedule(String name, NewJob job) {
        return new Schedule(
                new ScheduleName(name),
                "*/5 1-3 * JAN,FEB mon",
                ZoneId.of("America/Argentina/Buenos_Aires"),
                job,
                Optional.of(DUE),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    default void everyPartOfAScheduleIsKept() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            NewJob job = NewJob.of("report")
                    .queue("Queue.1_a-b")
                    .payload("{ \"b\":1,\"a\" : 1.0, \"a\":null }\n")
                    .priority(-1000)
                    .uniqueKey("'; %_\\", Duration.ofDays(365))
                    .concurrencyKey("\uD83D\uDE00")
                    .retry(new RetryPolicy(7, Duration.ofMillis(1500), Duration.ofDays(7)));
            Schedule whole = schedule("whole", job);
            Schedule bare = new Schedule(
                    new ScheduleName("bare"),
                    "\u20AC".repeat(66),
                    ZoneId.of("Z"),
                    work(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

            assertThat(schedules.add(whole)).as("there was none of its name").isTrue();
            assertThat(schedules.add(bare)).as("there was none of its name").isTrue();

            assertThat(schedules.schedule(whole.name()))
                    .as("every part is kept, JSON to the letter")
                    .contains(whole);
            assertThat(schedules.schedule(bare.name()))
                    .as("what is not there stays away")
                    .contains(bare);
            assertThat(schedules.schedule(new ScheduleName("Whole")))
                    .as("absence is empty; names differ by case")
                    .isEmpty();
        }
    }

    @Test
    default void whatIsThereIsNotAddedAgain() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            Schedule first = schedule("nightly", work());
            schedules.add(first);

            assertThat(schedules.add(schedule("nightly", NewJob.of("other"))))
                    .as("there is one of its name")
                    .isFalse();
            assertThat(schedules.schedules()).as("it stays as it was").containsExactly(first);
        }
    }

    @Test
    default void aScheduleIsReplacedWithAllThatIsKnownOfItsLastRun() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            Schedule first = schedule("nightly", work());
            schedules.put(first);
            assertThat(schedules.schedules())
                    .as("one that is not there is added")
                    .containsExactly(first);
            schedules.fire(first.name(), DUE, Optional.of(NEXT));
            Schedule second = schedule("nightly", NewJob.of("other"));

            schedules.put(second);

            assertThat(schedules.schedules())
                    .as("a schedule is replaced with all that is known of its last run")
                    .containsExactly(second);
            assertThat(schedules.fire(first.name(), NEXT, Optional.empty()))
                    .as("it is due when the new one says")
                    .isEmpty();
        }
    }

    @Test
    default void schedulesComeInCodePointOrder() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            Stream.of("b", "a_b", "B", "a-b", "ab", "a.b", "a", "0")
                    .forEach(name -> schedules.add(schedule(name, work())));

            assertThat(schedules.schedules())
                    .as("schedules come in code point order")
                    .extracting(schedule -> schedule.name().value())
                    .containsExactly("0", "B", "a", "a-b", "a.b", "a_b", "ab", "b");
        }
    }

    @Test
    default void whatARemovedScheduleHasEnqueuedStays() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            Schedule schedule = schedule("nightly", work());
            schedules.add(schedule);
            Enqueued job =
                    schedules.fire(schedule.name(), DUE, Optional.of(NEXT)).orElseThrow();

            assertThat(schedules.remove(schedule.name())).as("there was one").isTrue();
            assertThat(schedules.remove(schedule.name())).as("there is none").isFalse();
            assertThat(schedules.schedule(schedule.name())).as("it is gone").isEmpty();
            assertThat(schedules.fire(schedule.name(), NEXT, Optional.empty()))
                    .as("what is gone is not fired")
                    .isEmpty();
            assertThat(claimOne(harness.storage().jobs()).job().id())
                    .as("what it has enqueued stays")
                    .isEqualTo(job.id());
        }
    }

    @Test
    default void firingEnqueuesTheJobAndSetsWhenItIsNextDue() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            JobQueueRepository jobs = harness.storage().jobs();
            Schedule schedule =
                    schedule("nightly", work().payload("{ \"x\" : 1}").priority(7));
            schedules.add(schedule);

            Enqueued fired =
                    schedules.fire(schedule.name(), DUE, Optional.of(NEXT)).orElseThrow();

            assertThat(fired.isNew()).as("the job is new").isTrue();
            Job job = job(jobs, fired.id());
            assertThat(job)
                    .as("the job is enqueued with every part, and can run at once")
                    .isEqualTo(untried(fired.id(), schedule.job(), job.createdAt(), job.createdAt()));
            Schedule after = schedules.schedule(schedule.name()).orElseThrow();
            assertThat(after.nextRunAt()).as("when it is next due is set").contains(NEXT);
            assertThat(after.lastJob()).as("what was enqueued is told").contains(fired.id());
            assertThat(after.lastRunAt().orElseThrow())
                    .as("and when, by the store's clock")
                    .isCloseTo(harness.now(), within(1, ChronoUnit.MINUTES));
            assertThat(after)
                    .as("nothing else is changed")
                    .usingRecursiveComparison()
                    .ignoringFields("nextRunAt", "lastRunAt", "lastJob")
                    .isEqualTo(schedule);
        }
    }

    @Test
    default void aScheduleThatIsDueAtAnotherTimeIsNotFired() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            Schedule schedule = schedule("nightly", work());
            schedules.add(schedule);

            for (Instant other : List.of(DUE.plusNanos(1000), DUE.minusNanos(1000), NEXT, Instant.EPOCH)) {
                assertThat(schedules.fire(schedule.name(), other, Optional.of(NEXT)))
                        .as("a schedule that is due at another time is not fired")
                        .isEmpty();
            }
            assertThat(schedules.fire(new ScheduleName("other"), DUE, Optional.of(NEXT)))
                    .as("what is not there is not fired")
                    .isEmpty();
            assertThat(schedules.schedules()).as("nothing was done").containsExactly(schedule);
            assertThat(harness.storage().jobs().counts()).as("nothing was done").isEmpty();
        }
    }

    @Test
    default void aScheduleIsFiredOnceForEachTimeItIsDue() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            ScheduleName name = new ScheduleName("nightly");
            schedules.add(schedule("nightly", work()));

            assertThat(schedules.fire(name, DUE, Optional.of(NEXT)))
                    .as("it is due")
                    .isPresent();
            assertThat(schedules.fire(name, DUE, Optional.of(NEXT)))
                    .as("it was fired")
                    .isEmpty();
            assertThat(schedules.fire(name, NEXT, Optional.empty()))
                    .as("it is due")
                    .isPresent();
            assertThat(schedules.fire(name, NEXT, Optional.empty()))
                    .as("it was fired")
                    .isEmpty();
            assertThat(schedules.schedule(name).orElseThrow().nextRunAt())
                    .as("it never is due again")
                    .isEmpty();
            assertThat(harness.storage().jobs().claim(request(9)))
                    .as("each time it was due there is one job")
                    .hasSize(2);
        }
    }

    @Test
    default void aUniqueJobThatIsStillThereStandsForTheNextOne() {
        try (StorageHarness harness = fresh()) {
            ScheduleRepository schedules = harness.storage().schedules();
            ScheduleName name = new ScheduleName("nightly");
            schedules.add(schedule("nightly", work().uniqueKey("nightly")));
            JobId first =
                    schedules.fire(name, DUE, Optional.of(NEXT)).orElseThrow().id();

            assertThat(schedules.fire(name, NEXT, Optional.empty()))
                    .as("a unique job that is still there stands for the next one")
                    .contains(new Enqueued(first, false));
            assertThat(schedules.schedule(name).orElseThrow().lastJob())
                    .as("what stood for it is told")
                    .contains(first);
            assertThat(harness.storage().jobs().claim(request(9)))
                    .as("nothing was added")
                    .hasSize(1);
        }
    }

    @Test
    default void ofManyWhoFireOneDoes() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            ScheduleName name = new ScheduleName("nightly");
            harness.storage().schedules().add(schedule("nightly", work()));
            Instant due = DUE;
            for (int round = 0; round < 5; round++) {
                Instant now = due;
                Instant next = due.plusSeconds(60);

                List<Optional<Enqueued>> answers = Race.answers(Race.of(
                        4,
                        i -> () -> (i % 2 == 0 ? harness.storage() : other)
                                .schedules()
                                .fire(name, now, Optional.of(next))));

                assertThat(answers.stream().flatMap(Optional::stream))
                        .as("of many who fire, on whatever machine, exactly one succeeds")
                        .hasSize(1);
                due = next;
            }
            assertThat(harness.storage().jobs().claim(request(99)))
                    .as("each time there is one job")
                    .hasSize(5);
        }
    }

    @Test
    default void theTimeIsTheStores() {
        try (StorageHarness harness = fresh();
                Storage other = harness.openAnother(options -> options)) {
            for (Storage storage : List.of(harness.storage(), other)) {
                assertThat(storage.schedules().now())
                        .as("the time is the store's")
                        .isCloseTo(harness.now(), within(5, ChronoUnit.SECONDS));
            }
        }
    }
}
