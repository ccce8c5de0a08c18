package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.QueueName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Intake intake = new Intake(1);
    private final Thread runner = new Thread(intake::take);

    @AfterEach
    void close() throws InterruptedException {
        intake.close();
        runner.join();
    }

    @Test
    void oneJobThatEndsJustAsRoomIsAskedForDoesNotTellThatJobsAreFast() throws Exception {
        Claimer claimer = new Claimer();
        claimer.awaitWaiting();
        runner.start();
        assertThat(claimer.wanted()).as("room for the one who waits").isEqualTo(1);

        intake.wake();
        assertThat(new Claimer().wanted()).as("with what is claimed ahead").isBetween(1, 1 + 10);
    }

    @Test
    void noMoreIsClaimedWhileTheEndsOfTooManyJobsAreNotWrittenYet() throws Exception {
        intake.add(Collections.nCopies(Intake.MAX_UNWRITTEN, job()));
        for (int i = 0; i < Intake.MAX_UNWRITTEN; i++) {
            intake.take();
        }
        runner.start();
        Claimer claimer = new Claimer();
        claimer.awaitWaiting();
        assertThat(claimer.hasRoom()).as("room although nothing was written").isFalse();

        intake.written(1);

        assertThat(claimer.wanted()).as("room for as many as were written").isEqualTo(1);
    }

    /** Asks for room, on a thread of its own. */
    private final class Claimer {

        private final CompletableFuture<Integer> wanted = new CompletableFuture<>();
        private final Thread thread;

        Claimer() {
            thread = new Thread(() -> wanted.complete(intake.awaitRoom(0)));
            thread.start();
        }

        /** Does not sleep meanwhile: what is looked for may be over in no time. */
        void awaitWaiting() {
            while (!wanted.isDone() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }

        boolean hasRoom() {
            return wanted.isDone();
        }

        int wanted() throws Exception {
            return wanted.get(30, TimeUnit.SECONDS);
        }
    }

    private static RunningJob job() {
        Job job = new Job(
                new JobId(1),
                new JobType("test"),
                new QueueName("test"),
                new JsonText("{}"),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                JobState.RUNNING,
                1,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                Optional.of("test"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return new RunningJob(
                new ClaimedJob(job, new Lease(job.id(), 1), Instant.EPOCH.plusSeconds(30)), InstantSource.system());
    }
}
