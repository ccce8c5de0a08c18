package io.aipanel.domain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {

    @ParameterizedTest
    @EnumSource(JobState.class)
    void aStateIsFoundByItsName(JobState state) {
        assertThat(JobState.ofWireName(state.wireName())).isSameAs(state);
    }

    @Test
    void anUnknownStateIsRefusedWithAllThatThereAre() {
        for (String name : new String[] {"", "PENDING", "dead_letter", "Pending"}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> JobState.ofWireName(name))
                    .withMessage("state must be pending, running, completed, dead-letter or cancelled");
        }
    }

    @Test
    void whatIsNeitherWaitingNorRunningIsFinished() {
        assertThat(JobState.values())
                .filteredOn(JobState::isFinished)
                .containsExactly(JobState.COMPLETED, JobState.DEAD_LETTER, JobState.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "_a", "-a", "a b", "a/b", "\u00E9", "a\n", "a:b"})
    void aNameOfAnotherFormIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new QueueName(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("queue"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new JobType(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("type"));
    }

    @Test
    void aNameHasAtMost100Characters() {
        assertThat(new QueueName("1a._-" + "x".repeat(95)).value()).hasSize(100);
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new QueueName("x".repeat(101)));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new JobType("x".repeat(101)));
    }

    @Test
    void anIdIsAPositiveWholeNumber() {
        assertThat(JobId.parse("9223372036854775807")).isEqualTo(new JobId(Long.MAX_VALUE));
        for (String text : new String[] {"", "0", "-1", "1.0", "9223372036854775808", "one", " 1"}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> JobId.parse(text))
                    .withMessage("id must be a positive whole number");
        }
    }

    @Test
    void aClaimOutOfRangeIsRefused() {
        Set<JobType> types = Set.of(new JobType("a"));
        Duration lease = Duration.ofSeconds(1);
        assertThat(new ClaimRequest(QueueName.DEFAULT, types, 10_000, Duration.ofDays(1), "w").max())
                .isEqualTo(10_000);
        assertThat(new ClaimRequest(QueueName.DEFAULT, types, 1, Duration.ofMillis(1), "w").max())
                .isEqualTo(1);
        for (Runnable claim : new Runnable[] {
            () -> new ClaimRequest(QueueName.DEFAULT, Set.of(), 1, lease, "w"),
            () -> new ClaimRequest(QueueName.DEFAULT, types, 0, lease, "w"),
            () -> new ClaimRequest(QueueName.DEFAULT, types, 10_001, lease, "w"),
            () -> new ClaimRequest(QueueName.DEFAULT, types, 1, Duration.ofNanos(999_999), "w"),
            () -> new ClaimRequest(
                    QueueName.DEFAULT, types, 1, Duration.ofDays(1).plusNanos(1), "w"),
            () -> new ClaimRequest(QueueName.DEFAULT, types, 1, Duration.ofSeconds(Long.MIN_VALUE), "w"),
            () -> new ClaimRequest(QueueName.DEFAULT, types, 1, Duration.ofSeconds(Long.MAX_VALUE), "w"),
            () -> new ClaimRequest(QueueName.DEFAULT, types, 1, lease, " "),
        }) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(claim::run);
        }
    }

    @Test
    void countsNameEveryState() {
        QueueCounts counts = new QueueCounts(QueueName.DEFAULT, Map.of(JobState.RUNNING, 3L));

        assertThat(counts.jobs()).containsOnlyKeys(JobState.values()).containsEntry(JobState.RUNNING, 3L);
        assertThat(counts.jobs()).containsEntry(JobState.CANCELLED, 0L);
    }

    @Test
    void aRetryIsDueWithinAYear() {
        Lease lease = new Lease(new JobId(1), 1);
        JobError error = new JobError("", "no", "");
        assertThat(new JobEnd.Failed(lease, error, Optional.of(Duration.ofDays(365))).retryAfter())
                .isPresent();
        for (Duration delay :
                new Duration[] {Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1)}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new JobEnd.Failed(lease, error, Optional.of(delay)));
        }
    }
}
