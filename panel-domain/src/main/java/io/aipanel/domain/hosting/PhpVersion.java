package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The PHP version that a site runs on.
 *
 * @param value major and minor, for example {@code 8.3}
 */
public record PhpVersion(String value) {

    private static final Pattern SHAPE = Pattern.compile("[0-9]{1,2}\\.[0-9]{1,2}");

    /**
     * @throws InvalidValueException if it has another form
     */
    public PhpVersion {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException("phpVersion", "must be a major and minor version such as 8.3");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
