package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobError;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the ledger, which the kill tests of jobs rest on, finds what it is there to find. */
class JobLedgerTest {

    private static final String WORKER = "host pid 1/1";

    @TempDir
    private Path directory;

    private Storage storage;

    @BeforeEach
    void oneJob() {
        storage = KillSeries.openStorage("sqlite:" + directory.resolve("data"));
        storage.jobs().enqueue(List.of(NewJob.of(JobWorker.QUICK)));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void whatIsWholeIsAccepted() {
        fail(claim());
        complete(claim(), 2);

        assertThatCode(() -> require("job 1", "start 1 1 " + WORKER, "start 1 2 " + WORKER, "end 1 2 " + WORKER))
                .doesNotThrowAnyException();
    }

    @Test
    void anAcknowledgedJobThatIsMissingIsFound() {
        complete(claim(), 1);

        assertFound("jobs that are there", "job 1", "job 7", "start 1 1 " + WORKER, "end 1 1 " + WORKER);
    }

    @Test
    void aJobThatWasLeftIsFound() {
        assertFound("the end of job 1", "job 1");
    }

    @Test
    void twoWhoHoldOneLeaseAreFound() {
        complete(claim(), 1);

        assertFound("who else has begun", "start 1 1 " + WORKER, "start 1 1 another");
    }

    @Test
    void aCompletionByAnEarlierAttemptIsFound() {
        fail(claim());
        complete(claim(), 1);

        assertFound(
                "the attempt whose completion of job 1 was accepted",
                "start 1 1 " + WORKER,
                "start 1 2 " + WORKER,
                "end 1 2 " + WORKER);
    }

    @Test
    void aCompletionThatNobodyMadeIsFound() {
        complete(claim(), 1);

        assertFound("who completed", "start 1 1 " + WORKER);
    }

    @Test
    void anAttemptThatDoesNotAddUpIsFound() {
        complete(claim(), 1);

        assertFound("a later attempt", "start 1 1 " + WORKER, "end 1 1 " + WORKER, "start 1 2 " + WORKER);
    }

    @Test
    void aFailureOfWhoHasNotBegunIsFound() {
        fail(claim());
        complete(claim(), 2);

        assertFound("who began", "start 1 2 " + WORKER, "end 1 2 " + WORKER);
    }

    private void assertFound(String what, String... lines) {
        assertThatThrownBy(() -> require(lines))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }

    private void require(String... lines) {
        JobLedger ledger = new JobLedger();
        ledger.add(List.of(lines));
        ledger.requireUniqueKeys(storage);
        ledger.requireEverything(storage);
    }

    private ClaimedJob claim() {
        return storage.jobs()
                .claim(new ClaimRequest(
                        QueueName.DEFAULT, Set.of(new JobType(JobWorker.QUICK)), 1, Duration.ofMinutes(1), WORKER))
                .get(0);
    }

    private void fail(ClaimedJob job) {
        storage.jobs()
                .finish(List.of(new JobEnd.Failed(
                        job.lease(), new JobError("test", "failed", ""), Optional.of(Duration.ZERO))));
    }

    private void complete(ClaimedJob job, int attempt) {
        JsonText result = new JsonText("{\"attempt\": " + attempt + ", \"worker\": \"" + WORKER + "\"}");
        storage.jobs().finish(List.of(new JobEnd.Completed(job.lease(), Optional.of(result))));
    }
}
