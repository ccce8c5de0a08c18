package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Timestamps;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A database that belongs to a site.
 *
 * @param id identifies the record for ever
 * @param siteId the site it belongs to
 * @param engine the server it lives on
 * @param name its name there, unique on that server: 1 to 63 characters of {@code a-z}, {@code 0-9} and {@code _},
 *     starting with a letter
 * @param user the account that the site uses there: 1 to 32 characters of the same kind
 * @param createdAt when it was added
 */
public record SiteDatabase(
        SiteDatabaseId id, SiteId siteId, DatabaseEngine engine, String name, String user, Instant createdAt) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /**
     * @throws InvalidValueException if a name has another form
     */
    public SiteDatabase {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "name", "must be 1 to 63 characters of a-z, 0-9 and _, starting with a letter");
        }
        if (!USER.matcher(user).matches()) {
            throw new InvalidValueException(
                    "user", "must be 1 to 32 characters of a-z, 0-9 and _, starting with a letter");
        }
        createdAt = Timestamps.micros("createdAt", createdAt);
    }
}
