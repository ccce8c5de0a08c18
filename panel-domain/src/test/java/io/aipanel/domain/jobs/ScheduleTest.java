package io.aipanel.domain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static Schedule schedule(String cron, NewJob job, Optional<Instant> next) {
        return new Schedule(
                new ScheduleName("nightly"),
                cron,
                ZoneId.of("Europe/Berlin"),
                job,
                next,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whenItIsDueIsCutToMicroseconds() {
        Instant next = Instant.parse("2026-01-15T10:00:00.123456789Z");

        assertThat(schedule("0 3 * * *", NewJob.of("work"), Optional.of(next)).nextRunAt())
                .contains(Instant.parse("2026-01-15T10:00:00.123456Z"));
    }

    @Test
    void aJobWithATimeOfItsOwnIsRefused() {
        NewJob job = NewJob.of("work");
        for (NewJob timed : new NewJob[] {job.runAt(Instant.EPOCH), job.delay(Duration.ZERO)}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> schedule("0 3 * * *", timed, Optional.empty()))
                    .withMessage("job must have neither a time nor a delay: the schedule says when");
        }
    }

    @Test
    void fieldsThatAreEmptyOrTooLongAreRefused() {
        for (String cron : new String[] {"", " ", "\u20AC".repeat(67), "0 3 * * *\0"}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> schedule(cron, NewJob.of("work"), Optional.empty()))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("cron"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "_a", "-a", "a b", "a/b", "\u00E9", "a\n", "a:b"})
    void aNameOfAnotherFormIsRefused(String name) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new ScheduleName(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void aNameHasAtMost100Characters() {
        assertThat(new ScheduleName("1a._-" + "x".repeat(95)).toString()).hasSize(100);
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new ScheduleName("x".repeat(101)));
    }

    @Test
    void aWorkerHasANameThatAStoreCanIndex() {
        Set<JobType> types = Set.of(new JobType("work"));
        assertThat(new WorkerPresence("x".repeat(Text.INDEXED_BYTES), QueueName.DEFAULT, types).worker())
                .hasSize(Text.INDEXED_BYTES);
        for (String worker : new String[] {"", " ", "x".repeat(Text.INDEXED_BYTES + 1), "a\0"}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> new WorkerPresence(worker, QueueName.DEFAULT, types))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("worker"));
        }
    }
}
