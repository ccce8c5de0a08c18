package io.aipanel.postgres.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Enqueued;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.postgres.PostgresStorageHarness;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What claims find while they begin at the floors, because somebody's transaction keeps dead rows in the way. */
final class LookTest {

    private static final JobType WORK = new JobType("work");
    private static final Duration LEASE = Duration.ofMinutes(5);

    private PostgresStorageHarness harness;
    private QueueStoreHarness mine;

    @BeforeEach
    void open() throws SQLException {
        harness = PostgresStorageHarness.direct();
        mine = QueueStoreHarness.beside(harness);
        floors().rest(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        mine.close();
        harness.close();
    }

    @Test
    void everyJobIsTakenOnceAndInOrder() {
        List<JobId> ids = enqueue(Collections.nCopies(100, NewJob.of("work")));

        List<JobId> taken = new ArrayList<>();
        List<JobId> next = claim(7);
        while (!next.isEmpty()) {
            taken.addAll(next);
            next = claim(7);
        }

        assertThat(taken).containsExactlyElementsOf(ids);
    }

    @Test
    void aMoreUrgentJobStillGoesFirst() {
        enqueue(Collections.nCopies(10, NewJob.of("work")));
        claim(3);
        List<JobId> urgent = enqueue(List.of(NewJob.of("work").priority(5)));

        assertThat(claim(1)).isEqualTo(urgent);
    }

    @Test
    void whatThisProcessPutsBelowTheFloorIsFoundAtOnce() {
        enqueue(Collections.nCopies(10, NewJob.of("work")));
        List<ClaimedJob> first = mine.jobs().claim(request(5));
        claim(5);
        claim(5);

        assertThat(mine.jobs().finish(List.of(new JobEnd.Released(first.get(0).lease()))))
                .containsExactly(true);
        assertThat(claim(5)).as("given back").containsExactly(first.get(0).job().id());

        List<JobId> early =
                enqueue(List.of(NewJob.of("work").runAt(harness.now().minusSeconds(3600))));
        assertThat(claim(5)).as("enqueued with a time in the past").isEqualTo(early);

        mine.jobs()
                .finish(List.of(new JobEnd.Failed(
                        first.get(1).lease(), new JobError("x", "y", ""), Optional.of(Duration.ZERO))));
        assertThat(claim(5))
                .as("tried again")
                .containsExactly(first.get(1).job().id());
    }

    @Test
    void aHeldJobWhoseTurnComesIsFoundAtOnce() {
        List<JobId> ids = enqueue(Collections.nCopies(3, NewJob.of("work").concurrencyKey("one at a time")));
        enqueue(List.of(NewJob.of("work")));
        List<ClaimedJob> first = mine.jobs().claim(request(9));
        assertThat(first).as("one of the key, and the one without").hasSize(2);
        assertThat(claim(9)).isEmpty();

        mine.jobs().finish(List.of(new JobEnd.Completed(first.get(0).lease(), Optional.empty())));

        assertThat(claim(9)).containsExactly(ids.get(1));
    }

    @Test
    void jobsBehindMoreHeldOnesThanAClaimPutsAsideAreFoundByTheNext() {
        for (int i = 0; i < 5; i++) {
            enqueue(Collections.nCopies(5_000, NewJob.of("work").concurrencyKey("one at a time")));
        }
        List<JobId> behind = enqueue(Collections.nCopies(3, NewJob.of("work")));

        assertThat(claim(9)).as("the one of the key that runs").hasSize(1);
        assertThat(claim(9)).isEqualTo(behind);
    }

    @Test
    void whatAPausedQueueKeepsIsFoundWhenItGoesOn() {
        List<JobId> ids = enqueue(Collections.nCopies(3, NewJob.of("work")));
        harness.storage().queues().pause(QueueName.DEFAULT);
        assertThat(claim(9)).isEmpty();

        harness.storage().queues().resume(QueueName.DEFAULT);

        assertThat(claim(9)).isEqualTo(ids);
    }

    @Test
    void whatALimitKeepsIsFoundWhenThereIsAPlace() {
        harness.storage().queues().limit(QueueName.DEFAULT, new QueueLimits(Optional.of(1), 1, Optional.empty()));
        List<JobId> ids = enqueue(Collections.nCopies(3, NewJob.of("work")));
        List<ClaimedJob> first = mine.jobs().claim(request(9));
        assertThat(first).hasSize(1);
        assertThat(claim(9)).isEmpty();

        mine.jobs().finish(List.of(new JobEnd.Completed(first.get(0).lease(), Optional.empty())));

        assertThat(claim(9)).containsExactly(ids.get(1));
    }

    @Test
    void whatWasOnItsWayDuringALookIsFoundByTheNext() {
        enqueue(List.of(NewJob.of("work")));
        claim(5);
        assertThat(claim(5)).as("nothing more is to be seen").isEmpty();

        // As old as if its transaction had begun before that look, and committed after it.
        List<JobId> late =
                harness
                        .storage()
                        .jobs()
                        .enqueue(List.of(NewJob.of("work").runAt(harness.now().minusMillis(300))))
                        .stream()
                        .map(Enqueued::id)
                        .toList();

        assertThat(claim(5)).isEqualTo(late);
    }

    @Test
    void whatAnotherProcessPutsBelowTheFloorIsFoundByTheNextFullLook() {
        enqueue(Collections.nCopies(2, NewJob.of("work")));
        claim(5);
        claim(5);
        List<JobId> early =
                harness
                        .storage()
                        .jobs()
                        .enqueue(List.of(NewJob.of("work").runAt(harness.now().minusSeconds(3600))))
                        .stream()
                        .map(Enqueued::id)
                        .toList();

        assertThat(claim(5)).as("below the floor").isEmpty();
        assertThat(mine.jobs().untilNextDue(QueueName.DEFAULT, Set.of(WORK)))
                .as("who asks is told when the next full look is due, at the latest")
                .hasValueSatisfying(until -> assertThat(until).isLessThanOrEqualTo(LEASE));

        floors().rest(Duration.ZERO);

        assertThat(mine.jobs().untilNextDue(QueueName.DEFAULT, Set.of(WORK))).contains(Duration.ZERO);
        assertThat(claim(5)).as("a full look").isEqualTo(early);
    }

    @Test
    void aLeaseThatEndsIsFoundAboveTheFloor() {
        enqueue(Collections.nCopies(2, NewJob.of("work")));
        List<ClaimedJob> taken =
                mine.jobs().claim(new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), 5, Duration.ofMillis(1), "dies"));
        assertThat(taken).hasSize(2);

        await().untilAsserted(() -> assertThat(claim(5))
                .containsExactlyElementsOf(
                        taken.stream().map(claimed -> claimed.job().id()).toList()));
    }

    @Test
    void manyDeadRowsInTheWayAreNoticed() {
        floors().rest(Duration.ZERO);
        enqueue(List.of(NewJob.of("work")));
        claim(1);
        mine.store().database().change(handle -> handle.execute("""
                INSERT INTO queue.jobs
                    (lane, type, queue, payload, priority, state, attempt, token, created_at, run_at)
                SELECT id, type, queue, '{}', 0, 'pending', 0, 0, now(), now() - interval '1 h'
                FROM queue.lanes, generate_series(1, 100000)
                """));
        // As long as nobody clears them away, they are in every look's way.
        mine.store()
                .database()
                .change(handle -> handle.execute("ALTER TABLE queue.jobs SET (autovacuum_enabled = off)"));
        mine.store().database().change(handle -> handle.execute("DELETE FROM queue.jobs WHERE state = 'pending'"));

        claim(1);
        assertThat(floors().isSuspicious()).as("a look was slow").isTrue();
        claim(1);
        assertThat(floors().areInUse()).as("it was because of dead rows").isTrue();
    }

    @Test
    void aQuickFullLookEndsIt() {
        floors().rest(Duration.ZERO);
        enqueue(List.of(NewJob.of("work")));

        assertThat(claim(1)).hasSize(1);

        assertThat(floors().untilFullLook()).isZero();
        assertThat(floors().areInUse()).isFalse();
    }

    /** Else claims that never get to the end would go through the leases of all jobs that have ever run. */
    @Test
    void leasesThatHaveEndedAreLookedForFromWhereTheLastLookWasAlsoIfJobsAreLeft() {
        enqueue(Collections.nCopies(20, NewJob.of("work")));
        claim(5);
        Instant first = leased();

        claim(5);

        assertThat(leased()).isAfter(first);
    }

    @Test
    void jobsWhoseLeaseHasEndedAreAllFoundThoughNotAllAtOnce() {
        List<JobId> ids = enqueue(Collections.nCopies(6, NewJob.of("work")));
        claim(3);
        mine.store()
                .database()
                .change(handle -> handle.execute("UPDATE queue.jobs SET lease_until = now() WHERE state = 'running'"));

        List<JobId> again = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            again.addAll(claim(1));
        }

        assertThat(again).containsExactlyElementsOf(ids);
    }

    private Instant leased() {
        return mine.store()
                .database()
                .change(handle -> handle.createQuery("SELECT id FROM queue.lanes").mapTo(Integer.class).stream()
                        .map(lane -> floors().of(lane).leased())
                        .toList())
                .get(0);
    }

    private Floors floors() {
        return mine.store().floors(QueueName.DEFAULT);
    }

    private List<JobId> enqueue(List<NewJob> jobs) {
        return mine.jobs().enqueue(jobs).stream().map(Enqueued::id).toList();
    }

    private List<JobId> claim(int max) {
        return mine.jobs().claim(request(max)).stream()
                .map(claimed -> claimed.job().id())
                .toList();
    }

    private static ClaimRequest request(int max) {
        return new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), max, LEASE, "test");
    }
}
