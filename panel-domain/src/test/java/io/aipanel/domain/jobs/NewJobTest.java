package io.aipanel.domain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.JsonText;
import io.aipanel.domain.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewJobTest {

    private static final Instant AT = Instant.parse("2026-01-15T10:00:00.123456789Z");

    private final NewJob job = NewJob.of("thumbnail");

    @Test
    void itIsBuiltPartByPart() {
        NewJob built = job.queue("images")
                .payload("{\"x\":1}")
                .priority(-5)
                .runAt(AT)
                .uniqueKey("key", Duration.ofHours(1).plusNanos(1999))
                .concurrencyKey("site 1")
                .retry(RetryPolicy.NEVER);

        assertThat(built)
                .isEqualTo(new NewJob(
                        new JobType("thumbnail"),
                        new QueueName("images"),
                        new JsonText("{\"x\":1}"),
                        -5,
                        Optional.of(Instant.parse("2026-01-15T10:00:00.123456Z")),
                        Optional.empty(),
                        Optional.of("key"),
                        Optional.of(Duration.ofHours(1).plusNanos(1000)),
                        Optional.of("site 1"),
                        Optional.of(RetryPolicy.NEVER)));
    }

    @Test
    void itNeedsOnlyItsType() {
        assertThat(job)
                .isEqualTo(new NewJob(
                        new JobType("thumbnail"),
                        QueueName.DEFAULT,
                        JsonText.EMPTY_OBJECT,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aDelayTakesThePlaceOfATimeAndTheOtherWayRound() {
        Duration delay = Duration.ofMinutes(3);

        assertThat(job.runAt(AT).delay(delay).runAt()).isEmpty();
        assertThat(job.runAt(AT).delay(delay).delay()).contains(delay);
        assertThat(job.delay(delay).runAt(AT).delay()).isEmpty();
    }

    @Test
    void bothATimeAndADelayAreRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new NewJob(
                        job.type(),
                        job.queue(),
                        job.payload(),
                        0,
                        Optional.of(AT),
                        Optional.of(Duration.ZERO),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .withMessage("delay must not be given together with runAt");
    }

    @Test
    void aPeriodWithoutAKeyIsRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new NewJob(
                        job.type(),
                        job.queue(),
                        job.payload(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ZERO),
                        Optional.empty(),
                        Optional.empty()))
                .withMessage("uniqueFor needs a uniqueKey");
        assertThat(job.uniqueKey("key", Duration.ZERO).uniqueKey("key").uniqueFor())
                .isEmpty();
    }

    @Test
    void aDelayCutsOffWhatIsLessThanAMicrosecond() {
        assertThat(job.delay(Duration.ofNanos(1999)).delay()).contains(Duration.ofNanos(1000));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        Duration year = Duration.ofDays(365);
        assertThat(job.priority(1000).priority(-1000).priority()).isEqualTo(-1000);
        assertThat(job.delay(year).uniqueKey("key", year).uniqueFor()).contains(year);
        refused("priority", () -> job.priority(1001));
        refused("priority", () -> job.priority(-1001));
        refused("priority", () -> job.priority(Integer.MIN_VALUE));
        refused("delay", () -> job.delay(Duration.ofNanos(-1)));
        refused("delay", () -> job.delay(year.plusNanos(1)));
        refused("delay", () -> job.delay(Duration.ofSeconds(Long.MAX_VALUE)));
        refused("uniqueKey", () -> job.uniqueKey(""));
        refused("uniqueKey", () -> job.uniqueKey("x".repeat(Text.INDEXED_BYTES + 1)));
        refused("uniqueFor", () -> job.uniqueKey("key", Duration.ofNanos(-1)));
        refused("uniqueFor", () -> job.uniqueKey("key", year.plusNanos(1)));
        refused("concurrencyKey", () -> job.concurrencyKey(" "));
        refused("concurrencyKey", () -> job.concurrencyKey("x".repeat(Text.INDEXED_BYTES + 1)));
        refused("runAt", () -> job.runAt(Instant.MAX));
        for (Runnable change :
                new Runnable[] {() -> job.payload(""), () -> job.payload("x".repeat(Text.DOCUMENT_BYTES + 1))}) {
            assertThatExceptionOfType(InvalidValueException.class).isThrownBy(change::run);
        }
    }

    private static void refused(String field, Runnable change) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(change::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
