package io.aipanel.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipanel.domain.InvalidValueException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * *    | 2026-01-01T00:15 | 2026-01-01T00:30",
                "30 2 * * 1-5    | 2026-01-01T02:30 | 2026-01-02T02:30",
                "0 0 13 * 5      | 2026-01-02T00:00 | 2026-01-09T00:00",
                "0 0 29 2 *      | 2028-02-29T00:00 | 2032-02-29T00:00",
                "0 0 * * 0       | 2026-01-04T00:00 | 2026-01-11T00:00",
                "0 0 * * 7       | 2026-01-04T00:00 | 2026-01-11T00:00",
                "0 0 * * MON-FRI | 2026-01-02T00:00 | 2026-01-05T00:00",
                "0 0 1 JAN *     | 2027-01-01T00:00 | 2028-01-01T00:00",
                "@hourly         | 2026-01-01T01:00 | 2026-01-01T02:00",
                "@daily          | 2026-01-02T00:00 | 2026-01-03T00:00",
                "@weekly         | 2026-01-04T00:00 | 2026-01-11T00:00",
                "@monthly        | 2026-02-01T00:00 | 2026-03-01T00:00",
                "@yearly         | 2027-01-01T00:00 | 2028-01-01T00:00"
            })
    void theFieldsMeanWhatCrontabSays(String fields, LocalDateTime first, LocalDateTime second) {
        assertThat(times(fields, LocalDateTime.parse("2026-01-01T00:00").atZone(ZoneOffset.UTC), 2))
                .extracting(ZonedDateTime::toLocalDateTime)
                .containsExactly(first, second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "@sometimes",
                "0 0 L * *"
            })
    void whatCannotBeReadIsRefusedWithAnExample(String fields) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Cron.parse(fields))
                .withMessageStartingWith("cron must be five fields such as \"30 2 * * 1-5\"");
    }

    @Test
    void aDayThatNeverComesHasNoTime() {
        assertThat(Cron.parse("0 0 31 2 *").next(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, WARSAW)))
                .isEmpty();
    }

    @Test
    void aTimeThatTheClockSkipsIsMadeUpForAtOnce() {
        ZonedDateTime eve = ZonedDateTime.of(2026, 3, 28, 12, 0, 0, 0, WARSAW);

        assertThat(times("30 2 * * *", eve, 2))
                .extracting(time -> time.toOffsetDateTime().toString())
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    }

    @Test
    void anHourlyTimeIsNotMadeUpFor() {
        ZonedDateTime eve = ZonedDateTime.of(2026, 3, 29, 1, 30, 0, 0, WARSAW);

        assertThat(times("5 * * * *", eve, 2))
                .extracting(time -> time.toOffsetDateTime().toString())
                .containsExactly("2026-03-29T03:05+02:00", "2026-03-29T04:05+02:00");
    }

    @Test
    void aTimeThatComesTwiceCountsOnce() {
        ZonedDateTime eve = ZonedDateTime.of(2026, 10, 24, 12, 0, 0, 0, WARSAW);

        assertThat(times("30 2 * * *", eve, 2))
                .extracting(time -> time.toOffsetDateTime().toString())
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    }

    @Test
    void anHourlyTimeComesInBothHours() {
        ZonedDateTime eve = ZonedDateTime.of(2026, 10, 25, 1, 30, 0, 0, WARSAW);

        assertThat(times("0 * * * *", eve, 3))
                .extracting(time -> time.toOffsetDateTime().toString())
                .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00");
    }

    private static List<ZonedDateTime> times(String fields, ZonedDateTime after, int number) {
        Cron cron = Cron.parse(fields);
        List<ZonedDateTime> times = new ArrayList<>();
        ZonedDateTime at = after;
        for (int i = 0; i < number; i++) {
            at = cron.next(at).orElseThrow();
            times.add(at);
        }
        return times;
    }
}
