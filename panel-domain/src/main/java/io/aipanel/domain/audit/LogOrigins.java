package io.aipanel.domain.audit;

import io.aipanel.domain.InvalidValueException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names that the log has had, one after the other. It keeps its name for as long as it only grows. One that was restored
 * from a backup goes on from there under another name, because what was signed after that backup is no longer in it.
 *
 * @param all the first one first, which the log has had from its beginning; empty if it has no name yet
 */
public record LogOrigins(List<LogOrigin> all) {

    /** Those of a log without a name. */
    public static final LogOrigins NONE = new LogOrigins(List.of());

    /**
     * @throws InvalidValueException ({@code origins}) if they cannot have followed each other
     */
    public LogOrigins {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        long from = 0;
        for (LogOrigin each : all) {
            if (!names.add(each.name())) {
                throw new InvalidValueException("origins", "must not have " + each.name() + " twice");
            }
            if (each.from() < from || names.size() == 1 && each.from() > 0) {
                throw new InvalidValueException(
                        "origins", "must begin at 0, and none before the one that it follows: " + each.name());
            }
            from = each.from();
        }
    }

    /** Those of a log that has had one name. */
    public static LogOrigins of(String name) {
        return new LogOrigins(List.of(new LogOrigin(name, 0)));
    }

    /** The present one; empty if the log has no name yet. */
    public Optional<LogOrigin> current() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The one of a name; empty if the log never had it. */
    public Optional<LogOrigin> named(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The one that followed one; empty if that is the present one. */
    public Optional<LogOrigin> after(LogOrigin origin) {
        int next = all.indexOf(origin) + 1;
        return next > 0 && next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
    }

    /** Whether the log had a name that it no longer has. */
    public boolean isFormer(String name) {
        return named(name).flatMap(this::after).isPresent();
    }
}
