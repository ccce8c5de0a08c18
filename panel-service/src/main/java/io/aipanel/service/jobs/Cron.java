package io.aipanel.service.jobs;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.aipanel.domain.InvalidValueException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;

/** When something is to be done again and again, in the five fields of {@code crontab(5)}. */
final class Cron {

    private static final CronDefinition FIELDS = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withStrictRange()
            .and()
            .withHours()
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .withStrictRange()
            .and()
            .withMonth()
            .withStrictRange()
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .withStrictRange()
            .and()
            .instance();

    private static final Map<String, String> SHORT_FORMS = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private final ExecutionTime times;

    private Cron(ExecutionTime times) {
        this.times = times;
    }

    /**
     * Reads the fields.
     *
     * @throws InvalidValueException ({@code cron}) if they cannot be read; the message says why
     */
    static Cron parse(String text) {
        String fields = SHORT_FORMS.getOrDefault(text.strip(), text.strip());
        try {
            return new Cron(ExecutionTime.forCron(new CronParser(FIELDS).parse(fields)));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "cron",
                    "must be five fields such as \"30 2 * * 1-5\" (minute, hour, day of month, month, day of week), or"
                            + " @hourly, @daily, @weekly, @monthly, @yearly: " + e.getMessage());
        }
    }

    /**
     * The first time after another one, on that one's clock; empty if there is none. A time of day that a clock skips when
     * it is set forward is made up for at that moment, unless there is another one soon after it anyway; one that comes
     * twice when the clock is set back counts once, unless it comes every hour. As cron(8) of Debian does it.
     */
    Optional<ZonedDateTime> next(ZonedDateTime after) {
        Optional<ZonedDateTime> next = times.nextExecution(after);
        ZoneOffsetTransition change = after.getZone().getRules().nextTransition(after.toInstant());
        if (change == null || !change.isGap() || !falls(change)) {
            return next;
        }
        Instant soonAfter = change.getInstant().plus(change.getDuration());
        return next.filter(time -> time.toInstant().isBefore(soonAfter))
                .or(() -> Optional.of(change.getInstant().atZone(after.getZone())));
    }

    /** Whether one of the times lies in what the clock skips. */
    private boolean falls(ZoneOffsetTransition gap) {
        ZonedDateTime before = gap.getDateTimeBefore().minusSeconds(1).atZone(ZoneOffset.UTC);
        return times.nextExecution(before)
                .filter(time -> time.toLocalDateTime().isBefore(gap.getDateTimeAfter()))
                .isPresent();
    }

    static InvalidValueException never(String text) {
        return new InvalidValueException("cron", "\"" + text + "\" never comes true: choose a day that exists");
    }
}
