package io.aipanel.service.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.ClaimedJob;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.ports.storage.StoreName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MeasuringTest extends CapacityStore {

    private static final JobType WORK = new JobType("work");

    private final WriteMeter writes = new WriteMeter();
    private Measuring measuring;

    @BeforeEach
    void begin() {
        measuring = new Measuring(storage, writes, "host", clock.instant());
    }

    private void pass(Duration duration) {
        clock.advance(duration);
        measuring.keepMinute(clock.instant());
    }

    private void endJobs(int number) {
        storage.jobs()
                .enqueue(IntStream.range(0, number)
                        .mapToObj(i -> NewJob.of("work"))
                        .toList());
        List<ClaimedJob> claimed = storage.jobs()
                .claim(new ClaimRequest(QueueName.DEFAULT, Set.of(WORK), number, Duration.ofMinutes(5), "test"));
        storage.jobs()
                .finish(claimed.stream()
                        .<JobEnd>map(job -> new JobEnd.Completed(job.lease(), Optional.empty()))
                        .toList());
    }

    @Test
    void aMinuteIsKeptWithWhatWasInIt() {
        endJobs(3);
        IntStream.rangeClosed(1, 100).forEach(i -> writes.committed(StoreName.QUEUE, i * 1_000_000L));

        pass(Duration.ofMinutes(1));

        assertThat(kept(Series.JOBS_PER_MINUTE, Step.MINUTE))
                .containsExactly(Sample.of(Series.JOBS_PER_MINUTE, minute(-1), 3));
        assertThat(kept(Series.SESSIONS, Step.MINUTE)).containsExactly(Sample.of(Series.SESSIONS, minute(-1), 0));
        assertThat(kept(Series.AUDIT_BYTES, Step.MINUTE)).hasSize(1).allMatch(sample -> sample.max() > 0);
        Sample queue = kept(Series.WRITE_QUEUE, Step.MINUTE).get(0);
        assertThat(queue.source()).isEqualTo("host");
        assertThat(queue.count()).isEqualTo(100);
        assertThat(queue.mean()).isCloseTo(50.5, Percentage.withPercentage(1));
        assertThat(kept(Series.WRITE_AUDIT, Step.MINUTE))
                .as("the panel looked, and nothing was written")
                .hasSize(1)
                .allMatch(sample -> sample.count() == 0);
    }

    @Test
    void eachMinuteHasItsOwn() {
        endJobs(5);
        writes.committed(StoreName.PANEL, 2_000_000);
        pass(Duration.ofMinutes(1));
        endJobs(1);
        pass(Duration.ofMinutes(1));

        assertThat(kept(Series.JOBS_PER_MINUTE, Step.MINUTE))
                .extracting(Sample::max)
                .containsExactly(5d, 1d);
        assertThat(kept(Series.WRITE_PANEL, Step.MINUTE))
                .extracting(Sample::count)
                .containsExactly(1L, 0L);
    }

    @Test
    void timeInWhichNobodyLookedIsAGap() {
        pass(Duration.ofMinutes(1));
        endJobs(30);
        pass(Duration.ofMinutes(3));

        assertThat(kept(Series.SESSIONS, Step.MINUTE)).extracting(Sample::at).containsExactly(minute(-4), minute(-1));
        assertThat(kept(Series.JOBS_PER_MINUTE, Step.MINUTE))
                .as("what has ended in three minutes, by the minute")
                .extracting(Sample::max)
                .containsExactly(0d, 10d);
    }

    @Test
    void aRateIsNotToldFromAFewSeconds() {
        clock.advance(Duration.ofSeconds(50));
        measuring = new Measuring(storage, writes, "host", clock.instant());
        endJobs(10);

        pass(Duration.ofSeconds(10));

        assertThat(kept(Series.JOBS_PER_MINUTE, Step.MINUTE)).isEmpty();
        assertThat(kept(Series.SESSIONS, Step.MINUTE)).hasSize(1);
    }

    @Test
    void aMinuteWithARestartInItIsKeptWhole() {
        clock.advance(Duration.ofSeconds(20));
        writes.committed(StoreName.PANEL, 1_000_000);
        measuring.keepRest();
        clock.advance(Duration.ofSeconds(5));
        measuring = new Measuring(storage, writes, "host", clock.instant());
        writes.committed(StoreName.PANEL, 3_000_000);
        writes.committed(StoreName.PANEL, 3_000_000);

        pass(Duration.ofSeconds(35));

        Sample minute = kept(Series.WRITE_PANEL, Step.MINUTE).get(0);
        assertThat(kept(Series.WRITE_PANEL, Step.MINUTE)).hasSize(1);
        assertThat(minute.at()).isEqualTo(minute(-1));
        assertThat(minute.count()).isEqualTo(3);
        assertThat(minute.max()).isCloseTo(3, Percentage.withPercentage(1));
        assertThat(minute.min()).isCloseTo(1, Percentage.withPercentage(1));
    }

    @Test
    void ofSeveralProcessesEachKeepsItsWritesAndOneWhatIsTheSame() {
        WriteMeter others = new WriteMeter();
        Measuring other = new Measuring(storage, others, "other", clock.instant());
        writes.committed(StoreName.PANEL, 1_000_000);
        others.committed(StoreName.PANEL, 1_000_000);

        pass(Duration.ofMinutes(1));
        endJobs(7);
        other.keepMinute(clock.instant());

        assertThat(kept(Series.WRITE_PANEL, Step.MINUTE))
                .extracting(Sample::source)
                .containsExactly("host", "other");
        assertThat(kept(Series.JOBS_PER_MINUTE, Step.MINUTE))
                .as("whoever came first")
                .containsExactly(Sample.of(Series.JOBS_PER_MINUTE, minute(-1), 0));
    }

    @Test
    void aMinuteIsDueOnceItIsOver() {
        assertThat(measuring.isDue(clock.instant())).isFalse();
        clock.advance(Duration.ofSeconds(59));
        assertThat(measuring.isDue(clock.instant())).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(measuring.isDue(clock.instant())).isFalse();
        clock.advance(Duration.ofHours(-1));
        assertThat(measuring.isDue(clock.instant()))
                .as("a clock that was set back goes on, too")
                .isTrue();
    }
}
