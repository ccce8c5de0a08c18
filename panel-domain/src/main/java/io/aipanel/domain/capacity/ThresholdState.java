package io.aipanel.domain.capacity;

import io.aipanel.domain.InvalidValueException;
import java.util.Locale;

/** How what is measured stands to a limit. */
public enum ThresholdState {
    /** Well below it. */
    OK,
    /** Near it, for the whole of a window. */
    WARNING,
    /** Past it, for the whole of a window. */
    BREACHED,
    /** Nobody has measured, or not for long enough to say. */
    UNKNOWN;

    /** The name that the outside and the stores use, for example {@code breached}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this calls for attention more than another one does. What is unknown says nothing. */
    public boolean isWorseThan(ThresholdState other) {
        return severity() > other.severity();
    }

    /**
     * The state with a name.
     *
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static ThresholdState ofWireName(String name) {
        for (ThresholdState state : values()) {
            if (state.wireName().equals(name)) {
                return state;
            }
        }
        throw new InvalidValueException("state", "must be ok, warning, breached or unknown");
    }

    private int severity() {
        return switch (this) {
            case UNKNOWN -> 0;
            case OK -> 1;
            case WARNING -> 2;
            case BREACHED -> 3;
        };
    }
}
