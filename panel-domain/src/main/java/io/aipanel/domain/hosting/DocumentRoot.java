package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Text;
import java.util.Arrays;

/**
 * The directory that a site's files are served from.
 *
 * @param value an absolute POSIX path without {@code .} and {@code ..}, without a final slash, at most
 *     {@value #MAX_BYTES} UTF-8 bytes
 */
public record DocumentRoot(String value) {

    /** The most UTF-8 bytes of a path: Linux's {@code PATH_MAX} less its final zero. */
    public static final int MAX_BYTES = 4095;

    /**
     * Drops doubled and final slashes.
     *
     * @throws InvalidValueException if the path is not absolute or leaves the directory it names
     */
    public DocumentRoot {
        Text.required("documentRoot", value, MAX_BYTES);
        if (!value.startsWith("/")) {
            throw new InvalidValueException("documentRoot", "must be an absolute path such as /var/www/example.com");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("documentRoot", "must not contain control characters");
        }
        value = value.replaceAll("/+", "/");
        value = value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        if (value.equals("/")) {
            throw new InvalidValueException("documentRoot", "must not be the root of the file system");
        }
        if (Arrays.stream(value.split("/")).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw new InvalidValueException("documentRoot", "must not contain . or ..");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
