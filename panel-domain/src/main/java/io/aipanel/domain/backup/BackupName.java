package io.aipanel.domain.backup;

import io.aipanel.domain.InvalidValueException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a backup is called: the second of its instant in UTC, such as {@code 20261123T020000Z}, and a number where one second
 * has several. Names are ordered as they were given, also when the clock was moved back: then one is called after the one
 * before it, see {@link #next}.
 *
 * @param value the name, also that of its directory
 */
public record BackupName(String value) implements Comparable<BackupName> {

    private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{6}Z(-([2-9]|[1-9][0-9]{1,2}))?");
    private static final int MOST_IN_A_SECOND = 999;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @throws InvalidValueException ({@code name}) if it cannot be one
     */
    public BackupName {
        if (!isOne(value)) {
            throw new InvalidValueException(
                    "name", "must be a backup's name such as 20261123T020000Z: panel backup list shows them");
        }
    }

    /** Whether a text has the form of a name. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * A name for an instant.
     *
     * @param number which one of this second, from 1
     */
    public static BackupName of(Instant at, int number) {
        return new BackupName(SECOND.format(at) + (number == 1 ? "" : "-" + number));
    }

    /** The first name after this one: the next number of the same second, or, after 999, the next second. */
    public BackupName next() {
        return number() < MOST_IN_A_SECOND
                ? new BackupName(second() + "-" + (number() + 1))
                : of(Instant.from(SECOND.parse(second())).plusSeconds(1), 1);
    }

    @Override
    public int compareTo(BackupName other) {
        int bySecond = second().compareTo(other.second());
        return bySecond != 0 ? bySecond : Integer.compare(number(), other.number());
    }

    private String second() {
        return value.substring(0, "20261123T020000Z".length());
    }

    private int number() {
        int dash = value.indexOf('-');
        return dash < 0 ? 1 : Integer.parseInt(value.substring(dash + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
