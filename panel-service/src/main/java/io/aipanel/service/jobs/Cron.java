package io.aipanel.service.jobs;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.aipanel.domain.InvalidValueException;
import java.time.ZonedDateTime;
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

    /** The first time after another one, on that one's clock; empty if there is none. */
    Optional<ZonedDateTime> next(ZonedDateTime after) {
        return times.nextExecution(after);
    }

    static InvalidValueException never(String text) {
        return new InvalidValueException("cron", "\"" + text + "\" never comes true: choose a day that exists");
    }
}
