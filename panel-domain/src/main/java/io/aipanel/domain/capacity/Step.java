package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How much time a sample stands for. Hours and days are those of UTC, so that every one of them is equally long. */
public enum Step {
    /** As it was measured. */
    MINUTE("minute", ChronoUnit.MINUTES, Duration.ofHours(48)),
    /** The minutes of an hour, taken together. */
    HOUR("hour", ChronoUnit.HOURS, Duration.ofDays(90)),
    /** The hours of a day, taken together. */
    DAY("day", ChronoUnit.DAYS, Duration.ofDays(5 * 365 + 1));

    private final String wireName;
    private final ChronoUnit unit;
    private final Duration kept;

    Step(String wireName, ChronoUnit unit, Duration kept) {
        this.wireName = wireName;
        this.unit = unit;
        this.kept = kept;
    }

    /** The name that the outside and the stores use, for example {@code hour}. */
    public String wireName() {
        return wireName;
    }

    /** How much time a sample stands for. */
    public Duration length() {
        return unit.getDuration();
    }

    /** How long samples are kept. */
    public Duration kept() {
        return kept;
    }

    /** When the step began that a time lies in. */
    public Instant floor(Instant time) {
        return time.truncatedTo(unit);
    }

    /**
     * The step with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static Step ofWireName(String name) {
        for (Step step : values()) {
            if (step.wireName.equals(name)) {
                return step;
            }
        }
        throw new InvalidValueException("step", "must be minute, hour or day");
    }
}
