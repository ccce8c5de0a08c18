package io.aipanel.http.web;

import io.aipanel.domain.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How the constants of an enumeration are written outside: {@code UP_TO_DATE} is {@code up-to-date}. */
public final class WireNames {

    private WireNames() {}

    /** The name of a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of every constant, in order. */
    public static List<String> all(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(WireNames::of).toList();
    }

    /**
     * The constant with a name.
     *
     * @param field the name of the value, for the error message
     * @throws InvalidValueException if there is none; the message lists all
     */
    public static <E extends Enum<E>> E parse(String field, Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(name)) {
                return constant;
            }
        }
        throw new InvalidValueException(field, "must be " + String.join(" or ", all(type)));
    }
}
