package io.aipanel.ports.capacity;

import static io.aipanel.ports.jobs.JobSamples.claimOne;
import static io.aipanel.ports.jobs.JobSamples.complete;
import static io.aipanel.ports.jobs.JobSamples.enqueue;
import static io.aipanel.ports.jobs.JobSamples.fail;
import static io.aipanel.ports.jobs.JobSamples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.jobs.JobQueueRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an engine says about its load. */
public interface StorageMeasuresContract extends StoreContract {

    @Test
    default void endedJobsAreCountedForGood() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            JobQueueRepository jobs = storage.jobs();
            assertThat(storage.measures().endedJobs())
                    .as("nothing has ended yet")
                    .isZero();

            enqueue(jobs, work());
            assertThat(storage.measures().endedJobs())
                    .as("a job that waits has not ended")
                    .isZero();
            complete(jobs, claimOne(jobs));
            JobId failing = enqueue(jobs, work());
            fail(jobs, claimOne(jobs).lease(), "no", Optional.empty());
            assertThat(storage.measures().endedJobs())
                    .as("each end counts, a bad one, too")
                    .isEqualTo(2);

            jobs.retry(failing);
            assertThat(storage.measures().endedJobs())
                    .as("what is tried again has ended all the same")
                    .isEqualTo(2);
            complete(jobs, claimOne(jobs));
            assertThat(storage.measures().endedJobs()).as("and ends once more").isEqualTo(3);

            harness.advance(Duration.ofHours(1));
            assertThat(jobs.prune(JobState.COMPLETED, harness.now(), 100))
                    .as("both are removed")
                    .isEqualTo(2);
            assertThat(storage.measures().endedJobs())
                    .as("what was removed has ended all the same")
                    .isEqualTo(3);

            enqueue(jobs, work());
            complete(jobs, claimOne(jobs));
            assertThat(storage.measures().endedJobs())
                    .as("the number grows on from where it was")
                    .isEqualTo(4);
        }
    }

    @Test
    default void theAuditLogGrowsWithWhatIsRecorded() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            long before = storage.measures().auditBytes();

            storage.audit()
                    .append(IntStream.range(0, 2_000)
                            .mapToObj(i -> AuditSamples.event("target-" + i))
                            .toList());

            assertThat(before).as("an empty log takes some room").isPositive();
            assertThat(storage.measures().auditBytes())
                    .as("what was just recorded takes room, too")
                    .isGreaterThan(before + 100_000);
        }
    }

    @Test
    default void figuresAreThereWhereTheLimitsAreNot() {
        try (StorageHarness harness = fresh()) {
            StorageMeasures measures = harness.storage().measures();
            List<EngineFigure> figures = measures.engineFigures();

            assertThat(figures.isEmpty())
                    .as("an engine that the limits are not made for says what to look at instead")
                    .isEqualTo(measures.limitsApply());
            assertThat(figures).extracting(EngineFigure::name).doesNotHaveDuplicates();
            assertThat(figures)
                    .as("what can be measured is a number")
                    .allMatch(
                            figure -> figure.value().filter(value -> value < 0).isEmpty());
        }
    }
}
