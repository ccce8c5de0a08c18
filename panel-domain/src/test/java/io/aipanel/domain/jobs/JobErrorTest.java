package io.aipanel.domain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What attempts tell: any text is taken, shortened to what a store holds. */
class JobErrorTest {

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void whatIsTooLongIsCutBetweenCharacters() {
        String euros = "\u20AC".repeat(10_000);

        JobError error = new JobError(euros, euros, euros);

        assertThat(bytes(error.type())).isEqualTo(JobError.MAX_TYPE_BYTES - JobError.MAX_TYPE_BYTES % 3);
        assertThat(bytes(error.message())).isEqualTo(JobError.MAX_TEXT_BYTES - JobError.MAX_TEXT_BYTES % 3);
        assertThat(error.trace()).isEqualTo(error.message());
        assertThat(bytes(error.summary())).isBetween(JobError.MAX_TEXT_BYTES - 2, JobError.MAX_TEXT_BYTES);
    }

    @Test
    void whatAStoreCannotHoldIsReplaced() {
        assertThat(new JobError("a\0", "b\uD83D", "\uDE00c")).isEqualTo(new JobError("a\uFFFD", "b\uFFFD", "\uFFFDc"));
    }

    @ParameterizedTest
    @CsvSource({
        "java.io.IOException, no space, java.io.IOException: no space",
        "'', no space, no space",
        "java.io.IOException, '', java.io.IOException",
        "'', '', ''"
    })
    void itsSummaryIsWhatThereIs(String type, String message, String summary) {
        assertThat(new JobError(type, message, "trace").summary()).isEqualTo(summary);
    }

    @Test
    void aLineIsCutAndItsTimeToo() {
        LogLine line = new LogLine(Instant.parse("2026-01-15T10:00:00.123456789Z"), "\u20AC\0".repeat(1000));

        assertThat(line.at()).isEqualTo(Instant.parse("2026-01-15T10:00:00.123456Z"));
        assertThat(line.text()).startsWith("\u20AC\uFFFD");
        assertThat(bytes(line.text())).isEqualTo(LogLine.MAX_BYTES - LogLine.MAX_BYTES % 3);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new LogLine(Timestamps.MIN.minusNanos(1), "x"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("at"));
    }

    @Test
    void progressIsAPercentageAndALine() {
        assertThat(new Progress(0, "").text()).isEmpty();
        assertThat(new Progress(100, "two\r\nlines").text()).isEqualTo("two  lines");
        assertThat(bytes(new Progress(1, "\u20AC".repeat(1000)).text()))
                .isEqualTo(Progress.MAX_TEXT_BYTES - Progress.MAX_TEXT_BYTES % 3);
        for (int percent : new int[] {-1, 101, Integer.MIN_VALUE}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> new Progress(percent, ""))
                    .withMessage("percent must be between 0 and 100");
        }
    }
}
