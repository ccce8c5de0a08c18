package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The Unix account that a site's programs run as.
 *
 * @param value a name that Debian's {@code useradd} accepts (useradd(8), "Caveats")
 */
public record SystemUser(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /**
     * @throws InvalidValueException if it has another form, or is {@code root}
     */
    public SystemUser {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "systemUser", "must be 1 to 32 characters of a-z, 0-9, _ and -, starting with a letter or _");
        }
        if (value.equals("root")) {
            throw new InvalidValueException("systemUser", "must not be root");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
