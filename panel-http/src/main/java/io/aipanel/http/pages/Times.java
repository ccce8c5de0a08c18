package io.aipanel.http.pages;

import io.aipanel.http.web.Browser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Tells times as people see them: how long ago, and to the second in the zone that their browser has told.
 *
 * @param now what "ago" is measured from
 * @param zone whose clock exact times are about
 * @param words the language
 */
public record Times(Instant now, ZoneId zone, Words words) {

    /** The cookie in which the script of the pages tells the browser's zone. */
    static final String COOKIE = "panel_zone";

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    static Times of(Instant now, Browser browser, Words words) {
        return new Times(now, browser.cookie(COOKIE).map(Times::zone).orElse(ZoneOffset.UTC), words);
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id.replace("%2F", "/"));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** A time to the second, with its zone. */
    public String exact(Instant at) {
        return EXACT.format(at.atZone(zone)) + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }

    /** A time as it is for machines. */
    public String machine(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** How long ago a time is, or how far ahead, in its largest unit. */
    public String relative(Instant at) {
        Duration ago = Duration.between(at, now);
        String length = length(ago.abs());
        if (ago.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return words.of("time.now");
        }
        return words.of(ago.isNegative() ? "time.ahead" : "time.ago", length);
    }

    /** A length of time in its largest unit. */
    public String length(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return words.of("time.milliseconds", duration.toMillis());
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return words.of("time.seconds", duration.toSeconds());
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return words.of("time.minutes", duration.toMinutes());
        }
        return duration.compareTo(Duration.ofDays(2)) < 0
                ? words.of("time.hours", duration.toHours())
                : words.of("time.days", duration.toDays());
    }
}
